package dev.importonce.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.cleanup.Cleanup;
import dev.importonce.cleanup.Plan;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the clean-ups do, and what they leave alone. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
@NotPartitioned("no index of a partitioned table is built concurrently; clean-ups come before distributing")
class DedupeTest {
    private static final UUID USER = UUID.randomUUID();

    Database database;

    private final Dedupe dedupe;
    private final DedupeLog log;
    private final List<Cleanup> cleanups;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    DedupeTest(Dedupe dedupe, DedupeLog log, @All List<Cleanup> cleanups) {
        this.dedupe = dedupe;
        this.log = log;
        this.cleanups = cleanups;
    }

    @BeforeEach
    void no_indexes_and_nothing_in_the_tables() {
        database.update("truncate migration_jobs, contacts, dedupe_log cascade");
        database.update("drop index if exists unique_base_idempotency_key_active");
        database.update("alter table contacts drop constraint if exists unique_contact_email");
        database.update("drop index if exists unique_contact_email");
    }

    /** Other tests of this database look for what is wrong. */
    @AfterEach
    void indexes_for_those_who_come_next() {
        database.update("truncate migration_jobs, contacts cascade");
        assertTrue(run("jobs", true) && run("contacts", true), this::printed);
    }

    @Test
    void of_active_jobs_of_one_key_all_but_the_first_are_cancelled() {
        UUID first = Damage.job(database, USER, "v1:a");
        UUID second = Damage.job(database, USER, "v1:a");
        UUID third = Damage.job(database, USER, "v1:a");
        UUID otherKey = Damage.job(database, USER, "v1:b");
        UUID otherUser = Damage.job(database, UUID.randomUUID(), "v1:a");
        database.update(
                "update import_chunks set status = 'processing', token = 7, read_rows = 3 where job_id = ?", second);

        assertTrue(run("jobs", false));
        assertTrue(printed().contains("jobs: 2 surplus rows of 1 keys"), printed());
        assertEquals(5, database.count("select count(*) from migration_jobs where status = 'pending'"));

        assertTrue(run("jobs", true), this::printed);

        for (UUID kept : List.of(first, otherKey, otherUser)) assertEquals("pending", status(kept));
        for (UUID gone : List.of(second, third)) assertEquals("cancelled", status(gone));
        assertEquals(
                List.of(List.of("cancelled", 8L)),
                database.rows("select status, token from import_chunks where job_id = ?", second));
        assertEquals(3, database.count("select read_rows from migration_jobs where id = ?", second));
        assertEquals(2, database.count("""
                select count(*) from dedupe_log
                where kind = 'jobs' and kept_id = ? and removed ->> 'status' = 'pending' and removed_id in (?, ?)
                """, first, second, third));
        assertSecondJobIsRefused("v1:a");
    }

    @Test
    void two_at_once_cancel_and_log_each_job_once() throws Exception {
        for (int key = 0; key < 150; key++) for (int i = 0; i < 3; i++) Damage.job(database, USER, "v1:key" + key);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> runs = threads.invokeAll(List.of(
                    () -> {
                        together.await();
                        return run("jobs", true);
                    },
                    () -> {
                        together.await();
                        return run("jobs", true);
                    }));
            for (Future<Boolean> run : runs) assertTrue(run.get(), this::printed);
        } finally {
            threads.shutdown();
        }
        assertEquals(150, database.count("select count(*) from migration_jobs where status = 'pending'"));
        assertEquals(300, database.count("select count(*) from dedupe_log"));
        assertEquals(300, database.count("select count(distinct removed_id) from dedupe_log"));
        assertEquals(300, database.count("select count(*) from import_chunks where token = 1"));
    }

    @Test
    void the_first_fixs_index_is_replaced() {
        database.update(
                "create unique index unique_base_idempotency_key_active on migration_jobs (user_id, base_idempotency_key)"
                        + " where status != 'cancelled'");
        UUID job = Damage.job(database, USER, "v1:again");
        database.update("""
                update migration_jobs set status = 'failed', finished_at = now() where id = ?
                """, job);
        assertThrows(IllegalStateException.class, () -> Damage.job(database, USER, "v1:again"));

        assertTrue(run("jobs", true), this::printed);

        Damage.job(database, USER, "v1:again");
        assertSecondJobIsRefused("v1:again");
    }

    @Test
    void an_index_whose_build_broke_off_is_built_again() {
        contact("ann@example.com", "2024-01-01");
        contact("ann@example.com", "2024-01-02");
        assertThrows(
                IllegalStateException.class,
                () -> database.update(
                        "create unique index concurrently unique_contact_email on contacts (org_id, email)"));

        assertTrue(run("contacts", true), this::printed);

        assertEquals(1, database.count("select count(*) from contacts"));
        assertEquals(1, database.count("""
                select count(*) from pg_index where indexrelid = 'unique_contact_email'::regclass and indisvalid and indisunique
                """));
        assertTrue(run("contacts", true), this::printed);
    }

    @Test
    void what_has_changed_since_the_plan_was_made_stays() {
        UUID moved = contact("ann@example.com", "2024-01-01");
        UUID surplusOfMoved = contact("ann@example.com", "2024-01-02");
        UUID deleted = contact("bob@example.com", "2024-01-01");
        UUID surplusOfDeleted = contact("bob@example.com", "2024-01-02");
        UUID kept = contact("cat@example.com", "2024-01-01");
        UUID renamed = contact("cat@example.com", "2024-01-02");
        Cleanup contacts = cleanups.stream()
                .filter(cleanup -> cleanup.name().equals("contacts"))
                .findFirst()
                .orElseThrow();
        Plan plan = contacts.plan();
        assertEquals(3, plan.surplus());
        database.update("update contacts set org_id = gen_random_uuid() where id = ?", moved);
        database.update("delete from contacts where id = ?", deleted);
        database.update("update contacts set email = 'tom@example.com' where id = ?", renamed);

        assertEquals(0, contacts.apply(plan.groups()));

        for (UUID id : List.of(moved, surplusOfMoved, surplusOfDeleted, kept, renamed))
            assertEquals(1, database.count("select count(*) from contacts where id = ?", id));
    }

    @Test
    void rows_that_someone_holds_are_passed_over() {
        contact("ann@example.com", "2024-01-01");
        contact("ann@example.com", "2024-01-02");
        contact("bob@example.com", "2024-01-01");
        contact("bob@example.com", "2024-01-02");
        database.whileHolding(
                "select from contacts where email like 'ann%' for update",
                () -> {
                    assertFalse(run("contacts", true));
                    assertTrue(printed().contains("1 keys are left, others are at work on them"), this::printed);
                });
        assertEquals(1, database.count("select count(*) from contacts where email like 'bob%'"));
        assertEquals(2, database.count("select count(*) from contacts where email like 'ann%'"));
    }

    @Test
    void a_group_of_which_someone_holds_a_row_stays_whole() {
        UUID kept = contact("ann@example.com", "2024-01-01");
        UUID second = contact("ann@example.com", "2024-01-02");
        UUID third = contact("ann@example.com", "2024-01-03");
        database.update("update contacts set phone = 'second' where id = ?", second);
        database.update("update contacts set phone = 'third' where id = ?", third);
        database.whileHolding(
                "select from contacts where phone = 'second' for update", () -> assertFalse(run("contacts", true)));
        assertEquals(3, database.count("select count(*) from contacts"));

        assertTrue(run("contacts", true), this::printed);
        assertEquals(List.of(List.of(kept, "second")), database.rows("select id, phone from contacts"));
    }

    @Test
    void duplicate_rows_without_an_address_prevent_the_index() {
        database.update("alter table contacts drop constraint contacts_email_shape");
        try {
            contact("none", "2024-01-01");
            contact("none", "2024-01-02");
            assertFalse(run("contacts", true));
            assertTrue(printed().contains("cannot be built: rows that are left alone share a key"), this::printed);
            assertEquals(2, database.count("select count(*) from contacts"));
        } finally {
            database.update("truncate contacts");
            database.update("alter table contacts add constraint contacts_email_shape check (email ~ '@')");
        }
    }

    @Test
    void what_was_taken_away_is_kept_for_30_days() {
        for (int days : new int[] {29, 31}) database.update("""
                    insert into dedupe_log (kind, kept_id, removed_id, removed, created_at)
                    values ('contacts', gen_random_uuid(), gen_random_uuid(), '{}', now() - ? * interval '1 day')
                    """, days);
        log.sweep();
        assertEquals(1, database.count("select count(*) from dedupe_log"));
    }

    private void assertSecondJobIsRefused(String key) {
        assertThrows(IllegalStateException.class, () -> Damage.job(database, USER, key));
    }

    private Object status(UUID job) {
        return database.rows("select status from migration_jobs where id = ?", job)
                .get(0)
                .get(0);
    }

    private UUID contact(String email, String createdAt) {
        UUID id = UUID.randomUUID();
        database.update(
                "insert into contacts (id, org_id, email, created_at) values (?, ?, ?, ?::timestamptz)",
                id,
                USER,
                email,
                createdAt);
        return id;
    }

    private boolean run(String name, boolean apply) {
        return dedupe.run(name, apply, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
