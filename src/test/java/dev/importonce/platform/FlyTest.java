package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** fly.toml fits the service; addresses and settings are checked with those of the other platforms. */
class FlyTest {
    private static final int PORT = 8080;

    @Test
    void it_is_called_where_it_listens() {
        assertEquals(PORT, Fly.CONFIG.httpService().internalPort());
        assertEquals(PORT, Fly.CONFIG.metrics().port());
        Fly.CONFIG.checks().values().forEach(check -> assertEquals(PORT, check.port()));
    }

    @Test
    void it_has_the_time_to_give_back_what_it_holds() {
        assertEquals("SIGTERM", Fly.CONFIG.killSignal());
        assertTrue(Fly.CONFIG.killTimeout() >= 15);
    }

    @Test
    void the_release_command_is_one_that_there_is() {
        assertEquals(Command.MIGRATE, Command.of(List.of(Fly.CONFIG.deploy().releaseCommand())));
    }

    @Test
    void the_machine_that_works_is_never_put_to_sleep() {
        assertTrue(Integer.parseInt(Fly.CONFIG.env().get("IMPORTONCE_WORKERS")) > 0);
        assertEquals("off", Fly.CONFIG.httpService().autoStopMachines());
        assertTrue(Fly.CONFIG.httpService().minMachinesRunning() >= 1);
    }
}
