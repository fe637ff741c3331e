package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.SequentialImport;
import dev.importonce.fixture.SequentialImport.Line;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.job.mapping.Mapping;
import io.restassured.path.json.JsonPath;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Everything dies at random moments, and it comes out as if nothing had: two processes killed and frozen for longer than
 * a lease, the database crashed, connections cut, while files are imported and messages go out.
 * {@code src/bench/crash.sh} is the long form.
 */
class CrashIT {
    private static final int ROWS = Integer.getInteger("crash.rows", 60_000);
    private static final int MESSAGES = Integer.getInteger("crash.messages", 500);
    private static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final int DATABASE_CRASHES = Integer.getInteger("crash.database-crashes", 2);
    private static final int SMALL_JOBS = Integer.getInteger("crash.small-jobs", 8);
    private static final int BACKEND_KILLS = Integer.getInteger("crash.backend-kills", 1);
    private static final int FREEZES = Integer.getInteger("crash.freezes", 4);
    private static final int CUTS = Integer.getInteger("crash.cuts", 3);
    private static final int PAUSE_MILLIS = Integer.getInteger("crash.pause-millis", 400);
    private static final int CHUNK_ROWS = Math.max(200, ROWS / 200);
    private static final Duration LEASE = Duration.ofSeconds(Integer.getInteger("crash.lease-seconds", 3));
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("crash.minutes", 3));

    private final Random random = new Random(SEED);
    private final Service[] services = new Service[2];
    private Map<String, String> environment;
    private EmbeddedPostgres server;
    private Database database;
    private int enqueued;

    @Test
    void after_a_crash_rows_land_once_and_no_message_goes_out_twice() throws Exception {
        System.out.println("crash test with -Dcrash.seed=" + SEED);
        try (EmbeddedPostgres own = Citus.WANTED ? null : TestPostgres.ownServer();
                ProviderStub provider = new ProviderStub()) {
            server = own;
            provider.listen();
            database = new Database(
                    Citus.WANTED
                            ? Citus.newDatabase()
                            : "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
            environment = environment(provider);
            Service.migrate(environment);
            witness();
            for (int i = 0; i < services.length; i++) services[i] = Service.start(environment);
            try {
                run(provider);
            } finally {
                for (Service service : services) service.kill();
            }
        }
    }

    /** Writes down what nobody could tell from the outcome: a chunk that is ended by two, since each can write. */
    private void witness() {
        database.update("create table ended_twice (job_id uuid, step text, ordinal integer)");
        database.update("""
                create function ended_twice() returns trigger language plpgsql as $$
                begin
                    insert into ended_twice values (new.job_id, new.step, new.ordinal);
                    return null;
                end $$
                """);
        database.update("""
                create trigger ended_twice after update on import_chunks
                for each row when (old.status = 'done' and new.status = 'done') execute function ended_twice()
                """);
    }

    private void run(ProviderStub provider) {
        SequentialImport expected = new SequentialImport(Map.of());

        int jobs = chaos(expected);

        for (Service service : services) service.awaitReady();
        database.rows("select id::text from migration_jobs").forEach(row -> {
            JsonPath job = Calls.ended(services[0].base(), (String) row.get(0), PATIENCE);
            assertEquals("completed", job.getString("status"), job::prettify);
        });
        assertEquals(jobs, database.count("select count(*) from migration_jobs"));
        expected.counts.forEach((name, count) ->
                assertEquals((long) count, database.count("select sum(" + name + ") from migration_jobs"), name));
        assertEquals(expected.contacts, contacts());
        assertEquals(0, database.count("select count(*) from target_staging"));
        assertEquals(0, database.count("select count(*) from import_chunks where status <> 'done'"));
        assertEquals(List.of(), database.rows("select step, ordinal, job_id::text from ended_twice"));
        assertMessages(provider);
    }

    private void assertMessages(ProviderStub provider) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.count("select count(*) from send_queue where status in ('pending', 'processing')") > 0) {
            assertTrue(System.nanoTime() < deadline, "messages are stuck");
            LockSupport.parkNanos(100_000_000);
        }
        assertEquals(1, provider.most(), "a message went out twice");
        assertEquals(0, database.count("select count(*) from send_queue where status = 'failed'"));
        long sent = database.count("select count(*) from sent_messages");
        long unknown = database.count("select count(*) from send_queue where status = 'unknown'");
        assertEquals(enqueued, sent + unknown);
        System.out.println("messages sent: " + sent + ", in doubt: " + unknown);
    }

    /** Events in random order at random moments while a job runs; when one has ended too soon, the next file is sent. */
    private int chaos(SequentialImport expected) {
        List<Runnable> events = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) events.add(this::killOne);
        for (int i = 0; i < DATABASE_CRASHES; i++) events.add(this::crashDatabase);
        for (int i = 0; i < BACKEND_KILLS; i++) events.add(this::killBackend);
        for (int i = 0; i < FREEZES; i++) events.add(this::freezeOne);
        for (int i = 0; i < CUTS; i++) events.add(this::cutConnections);
        Collections.shuffle(events, random);
        int jobs = 0;
        for (Runnable event : events) {
            for (int i = 0; i < SMALL_JOBS; i++) jobs += submitted(smallFile(jobs), expected);
            if (database.count(
                            "select count(*) from migration_jobs where finished_at is null and total_rows >= ?", ROWS)
                    == 0) jobs += submitted(file(), expected);
            enqueue(events.size());
            LockSupport.parkNanos(
                    random.nextLong(Duration.ofMillis(PAUSE_MILLIS).toNanos()));
            event.run();
        }
        System.out.println(events.size() + " crashes during " + jobs + " jobs");
        return jobs;
    }

    private void killOne() {
        int victim = random.nextInt(services.length);
        services[1 - victim].awaitReady();
        services[victim].kill();
        services[victim] = Service.launch(environment, Service.freePort());
    }

    /** Longer than its leases last: meanwhile the other one takes its work over. */
    private void freezeOne() {
        Service frozen = services[random.nextInt(services.length)];
        frozen.awaitReady();
        frozen.signal("STOP");
        LockSupport.parkNanos(LEASE.plusMillis(random.nextInt(1000)).toNanos());
        frozen.signal("CONT");
    }

    /** On a cluster, one of its nodes. */
    private void crashDatabase() {
        if (server == null) killBackend();
        else TestPostgres.crash(server);
    }

    /** One backend killed: PostgreSQL ends all others, recovers from its log and empties unlogged tables. */
    private void killBackend() {
        List<Database> nodes = Citus.WANTED ? Citus.nodes(database) : List.of(database);
        Database node = nodes.get(random.nextInt(nodes.size()));
        try (Connection victim = node.connect();
                Connection witness = node.connect()) {
            ProcessHandle process = ProcessHandle.of(pid(victim)).orElseThrow();
            // The server could be on another machine.
            assertTrue(process.info().command().orElse("").endsWith("postgres"), "no server of this machine");
            process.destroyForcibly();
            // It notices in its own time; from then on nobody gets in until it has recovered.
            assertThrows(SQLException.class, () -> witness.createStatement()
                    .execute("select pg_sleep(" + PATIENCE.toSeconds() + ")"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        await(node);
    }

    private static long pid(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void cutConnections() {
        database.rows("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where backend_type = 'client backend' and pid <> pg_backend_pid()
                """);
    }

    private static void await(Database node) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                node.count("select 1");
                return;
            } catch (IllegalStateException e) {
                if (System.nanoTime() > deadline) throw e;
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private List<Line> file() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int person = random.nextInt(ROWS * 4 / 5);
            String email = random.nextInt(50) == 0 ? "no address" : "person" + person + "@example.com";
            lines.add(new Line(email, "First" + random.nextInt(1000), "Last" + i));
        }
        return lines;
    }

    /** Of two blocks that end at about the same time, and of people who are in no other file. */
    private static List<Line> smallFile(int number) {
        return IntStream.range(0, 2 * CHUNK_ROWS)
                .mapToObj(i -> new Line("small" + number + "-" + i + "@example.com", "First", "Last" + i))
                .toList();
    }

    private int submitted(List<Line> file, SequentialImport expected) {
        submit(file);
        expected.run(file, Mapping.OnExisting.UPDATE, Mapping.OnBlank.KEEP);
        return 1;
    }

    private void submit(List<Line> file) {
        byte[] csv = file.stream()
                .map(Line::csv)
                .collect(Collectors.joining("\n", "email,first,last\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        // Sent again after a crash it is the same import, also when that has ended meanwhile.
        String key = UUID.randomUUID().toString();
        insist(base -> Calls.send(HttpRequest.newBuilder(Calls.run(base, csv, Imports.MAPPING), (name, value) -> true)
                .header("Idempotency-Key", key)
                .build()));
    }

    /** A share of the messages before each event, so that every event meets some on their way. */
    private void enqueue(int events) {
        int from = enqueued;
        enqueued = Math.min(MESSAGES, from + MESSAGES / events + 1);
        if (from == enqueued) return;
        String items = IntStream.range(from, enqueued)
                .mapToObj(i -> "{\"campaignId\":\"c\",\"prospectId\":\"p" + i
                        + "\",\"step\":1,\"channel\":\"slow\",\"body\":\"Hello\"}")
                .collect(Collectors.joining(","));
        // A call that meets a crash is sent again, as any client would: each message is enqueued once.
        insist(base -> Calls.post(base + "/api/send-queue", "{\"items\":[" + items + "]}"));
    }

    /** Calls whichever process is up until one has taken it. */
    private void insist(Function<String, HttpResponse<String>> call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; System.nanoTime() < deadline; i++) {
            try {
                HttpResponse<String> answer = call.apply(services[i % services.length].base());
                if (answer.statusCode() < 300) return;
                assertEquals(503, answer.statusCode(), answer::body);
            } catch (CompletionException e) {
                // Refused or cut: that process is down.
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("nobody took the call");
    }

    private Map<String, SequentialImport.Person> contacts() {
        Map<String, SequentialImport.Person> contacts = new TreeMap<>();
        database.rows("select email, first_name, last_name from contacts")
                .forEach(row -> contacts.put(
                        (String) row.get(0), new SequentialImport.Person((String) row.get(1), (String) row.get(2))));
        return contacts;
    }

    private Map<String, String> environment(ProviderStub provider) {
        Map<String, String> settings = new HashMap<>();
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        settings.put("IMPORTONCE_AUTH", "none");
        settings.put("IMPORTONCE_LEASE", LEASE.toString());
        settings.put("IMPORTONCE_CHUNK_ROWS", String.valueOf(CHUNK_ROWS));
        settings.put("IMPORTONCE_SHARE_ROWS", String.valueOf(Math.max(1000, ROWS / 30)));
        settings.put("IMPORTONCE_PROVIDER_URL", provider.url());
        return settings;
    }
}
