package dev.importonce.platform;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.TestPostgres;
import dev.importonce.thread.VitalThreads;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that has lost a thread which does its work does not call itself alive. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(60)
class LivenessTest {
    private final VitalThreads vital;

    LivenessTest(VitalThreads vital) {
        this.vital = vital;
    }

    @Test
    void it_is_down_while_a_thread_is_dead_and_not_replaced() throws InterruptedException {
        assertEquals(200, get("/q/health/live").statusCode());
        AtomicBoolean wanted = new AtomicBoolean(true);
        Thread thread = vital.oneAtATime("importonce-test", wanted::get).newThread(() -> {});
        thread.start();
        thread.join();
        try {
            Response down = get("/q/health/live");
            assertEquals(503, down.statusCode());
            assertEquals("DOWN", down.path("status"));
            assertEquals(Map.of("importonce-test", "ended"), down.path("checks.find { it.name == 'threads' }.data"));
        } finally {
            wanted.set(false);
        }
        assertEquals(200, get("/q/health/live").statusCode());
    }

    @Test
    void the_threads_that_work_are_among_those_it_knows() {
        Set<String> alive = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("importonce-import-") || name.startsWith("importonce-send-"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(8, alive.size());
        assertEquals(
                alive, vital.names().stream().filter(alive::contains).collect(Collectors.toCollection(TreeSet::new)));
    }
}
