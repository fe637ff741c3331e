package dev.importonce.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes of the packaged application import into a declared table, and one of them clicks, dies or freezes. */
@Timeout(300)
@NotOnCitus("notes what is written by a trigger")
class DeclaredProcessesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 3_000;
    private static final int SHARE_ROWS = 1_000;
    private static final String STOCK = """
            {"name": "stock", "table": "public.stock", "owner": {"organisation": "org_id"}, "key": ["code"],
             "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer", "min": 1}]}
            """;

    private final Map<String, String> environment = new HashMap<>();
    private Database database;

    @BeforeEach
    void a_table() {
        database = new Database(TestPostgres.newDatabase());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("IMPORTONCE_AUTH", "none");
        environment.put("IMPORTONCE_LEASE", "PT4S");
        environment.put("IMPORTONCE_CHUNK_ROWS", "1000");
        environment.put("IMPORTONCE_SHARE_ROWS", String.valueOf(SHARE_ROWS));
        environment.put("IMPORTONCE_WORKERS", "1");
        Service.migrate(environment);
        database.update("create table stock (org_id uuid not null, code text not null, n int, unique (org_id, code))");
        // Written with each row, and taken back with it.
        database.update("create table written (code text)");
        database.update("""
                create function note_written() returns trigger language plpgsql as $$
                begin insert into written values (new.code); return null; end $$
                """);
        database.update(
                "create trigger note_written after insert or update on stock for each row execute function note_written()");
    }

    @Test
    void a_thousand_callers_share_a_single_import() {
        byte[] file = "code,n\na,1\nb,2\na,3\n".getBytes(StandardCharsets.UTF_8);
        environment.put("IMPORTONCE_WORKERS", "0");
        String jobId;
        try (Service one = Service.start(environment);
                Service two = Service.start(environment)) {
            declare(one);
            jobId = Calls.aThousandShareAJob(List.of(one, two), file, mapping(false));
        }
        environment.put("IMPORTONCE_WORKERS", "2");
        try (Service one = Service.start(environment);
                Service two = Service.start(environment)) {
            JsonPath job = Calls.ended(one.base(), jobId, PATIENCE);
            assertEquals("completed", job.getString("status"), job::prettify);
            assertEquals(2, job.getInt("progress.inserted"));
            assertEquals(1, job.getInt("progress.overridden"));
            assertEquals(999, job.getInt("duplicateRequests"));
            assertEquals(
                    job.getMap(""), Calls.ended(two.base(), jobId, PATIENCE).getMap(""));
        }
        assertEquals(1, database.count("select count(*) from migration_jobs"));
        assertEquals(
                List.of(List.of("a", 3), List.of("b", 2)), database.rows("select code, n from stock order by code"));
        assertEquals(2, database.count("select count(*) from written"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killed_in_a_merge_another_finishes_the_job(boolean undoable) {
        gate();
        Service victim = Service.start(environment);
        declare(victim);
        String[] job = new String[1];
        database.whileHolding("lock table gate in access exclusive mode", () -> {
            job[0] = submit(victim, undoable);
            awaitMerging(victim);
            victim.kill();
        });
        try (Service rescuer = Service.start(environment)) {
            assertCompleted(rescuer, job[0]);
        }
        assertEquals(
                undoable ? ROWS : 0,
                database.count("select count(*) from target_before_images"),
                "one for each row that can be undone");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void frozen_in_a_merge_it_writes_nothing_afterwards(boolean undoable) {
        gate();
        Service zombie = Service.start(environment);
        declare(zombie);
        String[] job = new String[1];
        database.whileHolding("lock table gate in access exclusive mode", () -> {
            job[0] = submit(zombie, undoable);
            awaitMerging(zombie);
            zombie.signal("STOP");
        });
        try (Service rescuer = Service.start(environment)) {
            assertCompleted(rescuer, job[0]);
            List<List<Object>> before = everything();

            zombie.signal("CONT");
            // It is back when it answers, and has nothing left when it has ended as told.
            assertEquals(200, Calls.get(zombie.base() + "/q/health/live").statusCode());
            zombie.process().destroy();
            zombie.exitCode();

            assertEquals(before, everything());
            assertTrue(
                    zombie.output().contains("failed, attempt")
                            || zombie.output().contains("is not ours any more"),
                    zombie::output);
        } finally {
            zombie.kill();
        }
    }

    /** Whoever merges waits at it for its lock, in the middle of a share if that is the one with this key. */
    private void gate() {
        database.update("create table gate ()");
        database.update("""
                create function wait_at_the_gate() returns trigger language plpgsql as $$
                begin lock table gate in access share mode; return null; end $$
                """);
        database.update("""
                create trigger wait_at_the_gate after insert on stock
                for each row when (new.code = 'key1500') execute function wait_at_the_gate()
                """);
    }

    private void assertCompleted(Service service, String jobId) {
        JsonPath job = Calls.ended(service.base(), jobId, PATIENCE);
        assertEquals("completed", job.getString("status"), job::prettify);
        assertEquals(ROWS, job.getInt("progress.inserted"), job::prettify);
        assertEquals(2 * ROWS + 1, job.getInt("progress.totalRows"));
        assertEquals(ROWS, job.getInt("progress.overridden"));
        assertEquals(1, job.getInt("progress.rejected"));
        assertEquals(ROWS, database.count("select count(*) from stock where n = 2"));
        assertEquals(ROWS, database.count("select count(*) from stock"));
        assertEquals(ROWS, database.count("select count(*) from written"), "each row is written once");
        assertEquals(0, database.count("select count(*) from target_staging"));
        assertEquals(0, database.count("select count(*) from import_chunks where status <> 'done'"));
    }

    private void awaitMerging(Service service) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.count("""
                        select count(*) from pg_stat_activity
                        where wait_event_type = 'Lock' and query like '%stock%' and datname = current_database()
                        """) == 0) {
            if (System.nanoTime() > deadline) throw new AssertionError("never seen merging: " + service.output());
            LockSupport.parkNanos(5_000_000);
        }
    }

    private List<List<Object>> everything() {
        return database.rows("""
                select (select string_agg(s.*::text, ',' order by code) from stock s),
                       (select count(*) from written),
                       (select string_agg(k.*::text, ',' order by k.*::text) from import_chunks k),
                       (select string_agg(j.*::text, ',') from migration_jobs j),
                       (select count(*) from target_staging),
                       (select string_agg(b.*::text, ',' order by b.*::text) from target_before_images b)
                """);
    }

    private static void declare(Service service) {
        HttpResponse<String> answer =
                Calls.send(HttpRequest.newBuilder(URI.create(service.base() + "/api/targets/stock"))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(STOCK))
                        .build());
        assertEquals(201, answer.statusCode(), answer::body);
    }

    private static String submit(Service service, boolean undoable) {
        HttpResponse<String> answer = Calls.send(Calls.run(service.base(), file(), mapping(undoable)));
        assertEquals(202, answer.statusCode(), answer::body);
        return JsonPath.from(answer.body()).getString("jobId");
    }

    private static String mapping(boolean undoable) {
        return "{\"target\": \"stock\", \"undoable\": %s, \"fields\": {\"code\": \"code\", \"n\": \"n\"}}"
                .formatted(undoable);
    }

    /** Each key twice, far from each other, and a row that is rejected. */
    private static byte[] file() {
        return IntStream.rangeClosed(0, 2 * ROWS)
                .mapToObj(i -> i == 2 * ROWS ? "bad,0" : "key" + i % ROWS + "," + (1 + i / ROWS))
                .collect(Collectors.joining("\n", "code,n\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
