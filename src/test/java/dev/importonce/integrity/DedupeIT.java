package dev.importonce.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** {@code doctor} and {@code dedupe} on a table that is older than the service: the second incident's 800 duplicates. */
@NotPartitioned("no index of a partitioned table is built concurrently; clean-ups come before distributing")
class DedupeIT {
    private static final int CONTACTS = 5000;
    private static final int DUPLICATES = 800;

    private static final String SURVIVORS = """
            select id::text, email, first_name, phone, attributes::text from contacts order by id
            """;

    private static final String REMOVED = "select removed_id::text, kept_id::text from dedupe_log order by 1";

    private final Database database = legacy();

    @Test
    void without_apply_it_only_shows_what_it_would_do() {
        List<List<Object>> before = database.rows(SURVIVORS);

        Service dry = dedupe("contacts");

        assertEquals(0, dry.exitCode(), dry::output);
        assertTrue(
                dry.output()
                        .contains(
                                "contacts: 800 surplus rows of 700 keys, 1 keys to be written anew, 2 rows left alone"),
                dry::output);
        assertEquals(
                20,
                dry.output()
                        .lines()
                        .filter(line -> line.contains("stays, surplus:"))
                        .count());
        assertFalse(dry.output().contains("@"), dry::output);
        assertTrue(dry.output().contains("Nothing was changed."), dry::output);
        assertEquals(before, database.rows(SURVIVORS));
        assertEquals(List.of(List.of(false)), database.rows("select to_regclass('dedupe_log') is not null"));
    }

    @Test
    void it_keeps_the_oldest_with_all_details_and_builds_the_index() {
        assertFinding(1, "WRONG  duplicate-contacts       800 surplus contacts of 700 addresses");

        assertDone(dedupe("contacts", "--apply"));

        assertEquals(CONTACTS - DUPLICATES, database.count("select count(*) from contacts"));
        assertEquals(0, database.count("select count(*) from contacts where created_at > timestamptz '2024-02-01'"));
        assertEquals(DUPLICATES, database.count("""
                select count(*) from dedupe_log where kind = 'contacts' and removed ->> 'id' = removed_id::text
                  and jsonb_exists(removed, 'email') and kept_id in (select id from contacts)
                """));
        // The oldest had no phone and the notes of its own; the next one's phone, the newer ones' other attributes came
        // in.
        assertEquals(
                List.of(List.of("person1@example.com", "Name 1", "1-second", "{\"a\": 1, \"b\": 2, \"c\": 3}")),
                database.rows(
                        "select email, first_name, phone, attributes::text from contacts where email like 'person1@%'"));
        assertEquals(1, database.count("select count(*) from contacts where email = 'lonely@xn--kln-sna.example'"));
        assertEquals(2, database.count("select count(*) from contacts where email in ('no address', 'neither@is')"));
        assertEquals(
                1,
                database.count("select count(*) from pg_index where indisvalid and indisunique"
                        + " and indexrelid = 'unique_contact_email'::regclass"));
        assertFinding(0, "ok     duplicate-contacts       nothing wrong");

        List<List<Object>> once = database.rows(SURVIVORS);
        assertDone(dedupe("contacts", "--apply"));
        assertEquals(once, database.rows(SURVIVORS));
        assertEquals(DUPLICATES, database.count("select count(*) from dedupe_log"));
    }

    @Test
    void killed_in_the_middle_and_run_again_it_comes_out_as_run_once() throws Exception {
        Database twin = legacy();
        assertDone(dedupe(twin, "contacts", "--apply"));
        // Stops in the third batch until the test lets go.
        twinSchema();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(42)");
            Service killed = dedupe("contacts", "--apply");
            await("select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = 42"
                    + " and database = (select oid from pg_database where datname = current_database())");
            killed.process().destroyForcibly().waitFor();
            killed.close();
        }
        await("select count(*) from pg_stat_activity where datname = current_database() having count(*) = 1");
        long middle = database.count("select count(*) from dedupe_log");
        assertTrue(middle > 0 && middle < DUPLICATES, () -> "killed after " + middle);
        assertEquals(CONTACTS, middle + database.count("select count(*) from contacts"));
        database.update("drop trigger stop on dedupe_log");

        assertDone(dedupe("contacts", "--apply"));

        assertEquals(twin.rows(SURVIVORS), database.rows(SURVIVORS));
        assertEquals(twin.rows(REMOVED), database.rows(REMOVED));
    }

    @Test
    void two_at_once_come_out_as_one() {
        Database twin = legacy();
        assertDone(dedupe(twin, "contacts", "--apply"));

        Service one = dedupe("contacts", "--apply");
        Service other = dedupe("contacts", "--apply");

        assertDone(one);
        assertDone(other);
        assertEquals(twin.rows(SURVIVORS), database.rows(SURVIVORS));
        assertEquals(twin.rows(REMOVED), database.rows(REMOVED));
    }

    @Test
    void what_refers_to_contacts_stands_in_the_way() {
        database.update("create table notes (contact_id uuid references contacts (id) on delete cascade)");
        Service refused = dedupe("contacts", "--apply");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("rows of notes refer to contacts"), refused::output);
        assertEquals(CONTACTS, database.count("select count(*) from contacts"));
    }

    @Test
    void a_table_that_is_not_there_needs_no_clean_up() {
        Service jobs = dedupe("jobs", "--apply");
        assertEquals(0, jobs.exitCode(), jobs::output);
        assertTrue(jobs.output().contains("Table migration_jobs does not exist: nothing to do."), jobs::output);
    }

    /**
     * A table as it was before the service: no unique index, fewer columns, addresses in mixed case. 4,198 people with one
     * contact, two or three; a lonely one with an address to be written anew; two rows that are no address.
     */
    private static Database legacy() {
        Database database = new Database(TestPostgres.newDatabase());
        database.update("""
                create table contacts (id uuid primary key, org_id uuid not null, email varchar(300), created_at timestamptz,
                    first_name varchar(100), phone text, attributes jsonb, score integer)
                """);
        database.update("create index contacts_email on contacts (email, org_id)");
        String insert = """
                insert into contacts
                select md5(batch || ' ' || n)::uuid, md5('org')::uuid, %s, timestamptz '2024-01-01' + n * interval '1 second'
                    + batch * interval '60 days', %s, %s, %s::jsonb, n
                from generate_series(1, ?) n, (select ?::integer as batch) b
                """;
        database.update(
                insert.formatted("'person' || n || '@example.com'", "'Name ' || n", "null", "'{\"a\": 1}'"), 4197, 0);
        database.update(
                insert.formatted(
                        "' Person' || n || '@Example.COM'", "'Other'", "n || '-second'", "'{\"a\": 9, \"b\": 2}'"),
                700,
                1);
        database.update(
                insert.formatted(
                        "'PERSON' || n || '@example.com'", "'Third'", "n || '-third'", "'{\"b\": 9, \"c\": 3}'"),
                100,
                2);
        database.update("""
                insert into contacts (id, org_id, email, created_at)
                values (md5('l')::uuid, md5('org')::uuid, 'Lonely@Köln.example', timestamptz '2024-01-01'),
                       (md5('x')::uuid, md5('org')::uuid, 'no address', timestamptz '2024-01-01'),
                       (md5('y')::uuid, md5('org')::uuid, 'neither@is', timestamptz '2024-01-01')
                """);
        return database;
    }

    private void twinSchema() {
        database.update("""
                create table dedupe_log (id uuid not null default gen_random_uuid(), kind text not null, kept_id uuid not null,
                    removed_id uuid not null, removed jsonb not null, created_at timestamptz not null default now(),
                    constraint dedupe_log_pkey primary key (id))
                """);
        database.update("""
                create function stop() returns trigger language plpgsql as
                'begin if (select count(*) from dedupe_log) > 250 then perform pg_advisory_xact_lock(42); end if; return null; end'
                """);
        database.update("create trigger stop after insert on dedupe_log for each statement execute function stop()");
    }

    private void await(String condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (database.rows(condition).stream().noneMatch(row -> (Long) row.get(0) > 0)) {
            if (System.nanoTime() > deadline) throw new AssertionError(condition);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void assertFinding(int exitCode, String line) {
        Service doctor =
                Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()), Service.freePort(), "doctor");
        assertEquals(exitCode, doctor.exitCode(), doctor::output);
        assertTrue(doctor.output().lines().anyMatch(l -> l.startsWith(line)), doctor::output);
    }

    private static void assertDone(Service dedupe) {
        assertEquals(0, dedupe.exitCode(), dedupe::output);
        assertTrue(
                dedupe.output().contains("No duplicates are left; unique_contact_email keeps new ones out."),
                dedupe::output);
    }

    private Service dedupe(String... arguments) {
        return dedupe(database, arguments);
    }

    private static Service dedupe(Database database, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dedupe";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()), Service.freePort(), all);
    }
}
