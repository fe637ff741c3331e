package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No more than so many messages of an organisation on a channel in any hour, whoever sends them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(SendRateTest.FiveAnHour.class)
class SendRateTest {
    private final SendWorker worker;

    Database database;
    ProviderStub provider;

    SendRateTest(SendWorker worker) {
        this.worker = worker;
    }

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
    }

    @Test
    void a_channel_is_used_at_its_rate_and_another_one_beside_it() {
        for (int i = 0; i < 8; i++) Messages.enqueued(Messages.on("messenger"));
        for (int i = 0; i < 3; i++) Messages.enqueued(Messages.on("mail"));

        List<CompletableFuture<Void>> workers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(this::workAll))
                .toList();
        workers.forEach(CompletableFuture::join);
        workAll();

        assertEquals(5, sentOn("messenger"));
        assertEquals(3, sentOn("mail"));
        database.update("update send_rates set free_at = free_at - interval '24 minutes'");
        workAll();
        assertEquals(7, sentOn("messenger"), "two more after two fifths of the hour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "0/PT1H", "5/P2D", "1001/PT1S", "5/soon", "5/PT1H/2"})
    void a_rate_that_is_none_is_refused(String rate) {
        assertThrows(IllegalArgumentException.class, () -> SendRate.valueOf(rate));
    }

    private long sentOn(String channel) {
        return database.count("select count(*) from send_queue where status = 'sent' and channel = ?", channel);
    }

    private void workAll() {
        while (worker.workOne()) Thread.onSpinWait();
    }

    /** A rate that a test can wait out by moving the clock of the database's rows. */
    public static class FiveAnHour implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.workers", "0", "importonce.provider.rate", "5/PT1H");
        }
    }
}
