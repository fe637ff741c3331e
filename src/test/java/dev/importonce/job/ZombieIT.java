package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that is frozen, not dead: somebody else finishes its job while it is still frozen, and it writes nothing afterwards. */
@Timeout(180)
class ZombieIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 3_000;
    private static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "email"}, "unmapped": "attributes"}
            """;

    private final Map<String, String> environment = new HashMap<>();
    private Database database;

    @BeforeEach
    void database() {
        database = new Database(TestPostgres.newDatabase());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("IMPORTONCE_AUTH", "none");
        environment.put("IMPORTONCE_LEASE", "PT4S");
        environment.put("IMPORTONCE_CHUNK_ROWS", "1000");
        environment.put("IMPORTONCE_WORKERS", "1");
        Service.migrate(environment);
    }

    @Test
    void frozen_in_the_middle_of_copy() {
        // COPY begins when the worker can no longer send its rows: the server waits for them, holding what it holds.
        frozenIn("copy target_staging", "target_staging");
    }

    @NotOnCitus("holds up a merge by a trigger")
    @Test
    void frozen_in_the_middle_of_a_merge() {
        // Whoever merges waits for this lock until the worker is frozen.
        database.update("create table gate ()");
        database.update("""
                create function wait_at_the_gate() returns trigger language plpgsql as $$
                begin lock table gate in access share mode; return null; end $$
                """);
        database.update(
                "create trigger wait_at_the_gate before insert on contacts execute function wait_at_the_gate()");
        frozenIn("with share as", "gate");
    }

    /** The worker is stopped while its statement waits for that table, then the table is let go. */
    private void frozenIn(String statement, String table) {
        Service zombie = Service.start(environment);
        String[] job = new String[1];
        database.whileHolding("lock table " + table + " in access exclusive mode", () -> {
            job[0] = submit(zombie);
            awaitRunning(statement, zombie);
            zombie.signal("STOP");
        });
        finishedWhileFrozen(zombie, job[0]);
    }

    private void finishedWhileFrozen(Service zombie, String jobId) {
        try (Service rescuer = Service.start(environment)) {
            JsonPath job = Calls.ended(rescuer.base(), jobId, PATIENCE);
            assertEquals("completed", job.getString("status"), job::prettify);
            assertEquals(ROWS, job.getInt("progress.inserted"));
            List<List<Object>> before = everything();

            zombie.signal("CONT");
            // It is back when it answers, and has nothing left when it has ended as told.
            assertEquals(200, Calls.get(zombie.base() + "/q/health/live").statusCode());
            zombie.process().destroy();
            zombie.exitCode();

            assertEquals(before, everything());
            assertTrue(zombie.output().contains("failed, attempt") || lost(zombie), zombie::output);
        } finally {
            zombie.kill();
        }
    }

    private static boolean lost(Service zombie) {
        return zombie.output().contains("is not ours any more");
    }

    private void awaitRunning(String statement, Service service) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!running(statement)) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("never seen running: " + statement + service.output());
            LockSupport.parkNanos(5_000_000);
        }
    }

    private boolean running(String statement) {
        return database.count("""
                        select count(*) from pg_stat_activity
                        where state = 'active' and pid <> pg_backend_pid() and query like ? || '%' and datname = current_database()
                        """, statement) > 0;
    }

    private List<List<Object>> everything() {
        return database.rows("""
                select (select string_agg(c.*::text, ',' order by email) from contacts c),
                       (select string_agg(k.*::text, ',' order by k.*::text) from import_chunks k),
                       (select string_agg(j.*::text, ',') from migration_jobs j),
                       (select count(*) from target_staging)
                """);
    }

    private static String submit(Service service) {
        String padding = "x".repeat(500);
        byte[] csv = IntStream.range(0, ROWS)
                .mapToObj(i -> "person" + i + "@example.com," + padding + i)
                .collect(Collectors.joining("\n", "email,note\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = Calls.send(Calls.run(service.base(), csv, MAPPING));
        assertEquals(202, answer.statusCode(), answer::body);
        return JsonPath.from(answer.body()).getString("jobId");
    }
}
