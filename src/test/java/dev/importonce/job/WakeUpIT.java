package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A submit to one process wakes the workers of another, which would not look again by themselves for an hour. */
class WakeUpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_job_sent_to_a_process_without_workers_wakes_another() {
        String url = TestPostgres.newDatabase();
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", url);
        environment.put("IMPORTONCE_AUTH", "none");
        environment.put("IMPORTONCE_LISTEN_URL", url);
        environment.put("IMPORTONCE_POLL", "PT1H");
        Service.migrate(environment);
        Map<String, String> workless = new HashMap<>(environment);
        workless.put("IMPORTONCE_WORKERS", "0");

        try (Service door = Service.start(workless);
                Service worker = Service.start(environment)) {
            awaitListening(new Database(url));
            // The first may still be met by a worker that looks for work as it starts; the second finds all of them
            // asleep.
            assertWorked(door, worker, "first@example.com");
            assertWorked(door, worker, "second@example.com");
        }
    }

    private static void assertWorked(Service door, Service worker, String email) {
        HttpResponse<String> answer =
                Calls.send(Calls.run(door.base(), Imports.csv(email + ",Ann,Lee"), Imports.MAPPING));
        assertEquals(202, answer.statusCode(), answer::body);
        JsonPath job = Calls.ended(worker.base(), JsonPath.from(answer.body()).getString("jobId"), PATIENCE);
        assertEquals("completed", job.getString("status"), job::prettify);
    }

    private static void awaitListening(Database database) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.count(
                        "select count(*) from pg_stat_activity where datname = current_database() and query = 'listen importonce_work'")
                == 0) {
            if (System.nanoTime() > deadline) throw new AssertionError("nobody listens");
            LockSupport.parkNanos(10_000_000);
        }
    }
}
