package dev.importonce.integrity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check turns red by the damage that it is for, and green again without it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
class ChecksApiTest {
    private static final String ACTIVE_INDEX = """
            create unique index unique_base_idempotency_key_active on migration_jobs (user_id, base_idempotency_key)
            where status not in ('cancelled', 'completed', 'failed')
            """;

    private static final UUID USER = UUID.randomUUID();

    Database database;

    @AfterEach
    void all_is_well_again() {
        database.update("truncate migration_jobs, contacts cascade");
        database.update("drop table if exists chat_messages, chats, send_queue, sent_messages cascade");
        database.update("drop index if exists first_fix");
        database.update("drop index if exists unique_base_idempotency_key_active");
        database.update(ACTIVE_INDEX);
        database.update("alter table contacts drop constraint if exists unique_contact_email");
        database.update("drop index if exists unique_contact_email");
        database.update("alter table contacts add constraint unique_contact_email unique (org_id, email)");
        assertTrue(integrity().getBoolean("ok"), () -> integrity().prettify());
    }

    @Test
    void the_answer_has_these_checks_and_nothing_else() {
        JsonPath integrity = integrity();
        assertEquals(Set.of("ok", "checks"), integrity.getMap("$").keySet());
        List<Map<String, Object>> checks = integrity.getList("checks");
        for (Map<String, Object> check : checks) assertEquals(Set.of("name", "ok", "count", "detail"), check.keySet());
        assertEquals(
                List.of(
                        "active-duplicate-jobs",
                        "duplicate-contacts",
                        "duplicate-chats",
                        "duplicate-messages",
                        "stuck-processing",
                        "unique-indexes-valid",
                        "counters-match-chunks",
                        "rows-visible",
                        "declared-targets-fit"),
                checks.stream().map(check -> check.get("name")).toList());
        assertTrue(integrity.getBoolean("ok"));
    }

    @Test
    void a_table_that_does_not_exist_is_no_problem() {
        database.update("drop table if exists chat_messages, chats cascade");
        assertGreen("duplicate-chats");
        assertEquals(
                "table chats does not exist",
                check(integrity(), "duplicate-chats").get("detail"));
    }

    @Test
    void two_active_jobs_of_one_base_key() {
        database.update("drop index unique_base_idempotency_key_active");
        Damage.job(database, USER, "v1:twice");
        assertGreen("active-duplicate-jobs");
        UUID second = Damage.job(database, USER, "v1:twice");
        Damage.job(database, UUID.randomUUID(), "v1:twice");

        assertRed("active-duplicate-jobs", 1, "1 surplus active jobs of 1 base keys");

        database.update("update migration_jobs set status = 'cancelled', finished_at = now() where id = ?", second);
        assertGreen("active-duplicate-jobs");
    }

    @Test
    void two_contacts_of_one_address_also_when_only_the_case_differs() {
        database.update("alter table contacts drop constraint unique_contact_email");
        database.update("alter table contacts drop constraint contacts_email_shape");
        for (String email : List.of("ann@example.com", "ann@example.com", "Ann@Example.com ", "bob@example.com"))
            database.update("insert into contacts (org_id, email) values (?, ?)", USER, email);

        assertRed("duplicate-contacts", 2, "2 surplus contacts of 1 addresses");
        assertFalse(integrity().prettify().contains("@"), "no personal data");

        database.update("truncate contacts");
        assertGreen("duplicate-contacts");
        database.update(
                "alter table contacts add constraint contacts_email_shape check (octet_length(email) <= 254) not valid");
    }

    @Test
    void two_contacts_of_one_address_also_with_something_around_it() {
        database.update("alter table contacts drop constraint contacts_email_shape");
        for (String email : List.of(
                "ann@example.com",
                "\u200bann@example.com",
                "\"ann@example.com\"",
                "MailTo:ann@example.com?subject=x",
                "\u201c'ann@example.com'\u201d",
                "Lee, Ann <ann@example.com>;",
                "o\u2019ann@example.com",
                "ann@example.com.au",
                "o'ann@example.com"))
            database.update("insert into contacts (org_id, email) values (?, ?)", USER, email);

        assertRed("duplicate-contacts", 5, "5 surplus contacts of 1 addresses");

        database.update("truncate contacts");
        assertGreen("duplicate-contacts");
        database.update(
                "alter table contacts add constraint contacts_email_shape check (octet_length(email) <= 254) not valid");
    }

    @Test
    void two_chats_of_the_same_people_with_and_without_a_key() {
        Damage.bareChats(database);
        chat("{A,B}", "A_B");
        chat("{B,A}", null);
        chat("{A,C}", null);
        assertRed("duplicate-chats", 1, "1 surplus chats of 1 sets");
        chat("{C,A}", null);
        assertRed("duplicate-chats", 2, "2 surplus chats of 2 sets");
        chat("{A,B}", "A_B");
        assertRed("duplicate-chats", 3, "3 surplus chats of");

        database.update("update chats set merged_into = gen_random_uuid(), participants_key = null");
        assertGreen("duplicate-chats");
    }

    @Test
    void a_message_sent_twice_and_an_item_queued_twice_are_found() {
        Damage.bareSendTables(database);
        String sent = "insert into sent_messages (org_id, campaign_id, prospect_id, step) values (?, 'c', 'p', ?)";
        database.update(sent, USER, 1);
        database.update(sent, USER, 2);
        assertGreen("duplicate-messages");

        database.update(sent, USER, 1);
        assertRed("duplicate-messages", 1, "1 messages sent more than once");

        item("pending", null);
        item("pending", null);
        assertRed("duplicate-messages", 2, "1 surplus items in the send queue");
    }

    @Test
    void a_chunk_whose_lease_ran_out_over_five_minutes_ago() {
        UUID job = Damage.job(database, USER, "v1:stuck");
        String claimed =
                "update import_chunks set status = 'processing', due_at = now() - ?::interval where job_id = ?";
        database.update(claimed, "4 minutes 50 seconds", job);
        assertGreen("stuck-processing");
        database.update(claimed, "5 minutes 1 second", job);
        assertRed("stuck-processing", 1, "1 chunks whose lease ran out");
    }

    @Test
    void an_active_job_that_nobody_can_go_on_with() {
        UUID job = Damage.job(database, USER, "v1:stranded");
        database.update("update import_chunks set status = 'waiting', due_at = null where job_id = ?", job);
        assertRed("stuck-processing", 1, "1 active jobs without a chunk that could be claimed");
        database.update("update import_chunks set status = 'pending', due_at = now() where job_id = ?", job);
        assertGreen("stuck-processing");
    }

    @Test
    void an_undo_that_nobody_can_go_on_with() {
        UUID job = undoing();
        assertGreen("stuck-processing");
        database.update("update import_chunks set status = 'cancelled', due_at = null where job_id = ?", job);
        assertRed(
                "stuck-processing", 1, "1 jobs being undone without a chunk that could be claimed, for example " + job);
        database.update("update migration_jobs set undo_error = '{}' where id = ?", job);
        assertGreen("stuck-processing");
    }

    @Test
    void an_undone_job_that_looked_at_other_rows_than_it_wrote() {
        UUID job = undoing();
        database.update(
                "update migration_jobs set inserted = 6, updated = 4, unchanged = 0, undone_at = now() where id = ?",
                job);
        database.update("update import_chunks set inserted = 6, updated = 4, unchanged = 0 where step = 'reading'");
        database.update("update import_chunks set undone = 7, kept = 3 where step = 'undoing'");
        assertGreen("counters-match-chunks");
        database.update("update import_chunks set kept = 2 where step = 'undoing'");
        assertRed("counters-match-chunks", 1, "1 undone jobs that inserted and updated other rows than were looked at");
    }

    /** A completed job whose undo has begun. */
    private UUID undoing() {
        UUID job = Damage.job(database, USER, "v1:undo");
        database.update(
                "update import_chunks set status = 'done', due_at = null, read_rows = 10, unchanged = 10 where job_id = ?",
                job);
        database.update("""
                update migration_jobs
                set status = 'completed', finished_at = now(), undo_requested_at = now(), read_rows = 10, inserted = 0, updated = 0,
                    unchanged = 10, skipped = 0, overridden = 0, rejected = 0
                where id = ?
                """, job);
        database.update("""
                insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn)
                values (?, ?, 'undoing', 0, 'pending', now(), now())
                """, job, USER);
        return job;
    }

    @Test
    void a_message_that_hangs_in_processing() {
        Damage.bareSendTables(database);
        item("processing", "4 minutes");
        assertGreen("stuck-processing");
        item("processing", "6 minutes");
        item("processing", null);
        assertRed("stuck-processing", 2, "2 messages in processing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inserted = inserted + 1", "rejected = 1", "read_rows = read_rows - 1", "unchanged = null"})
    void an_ended_job_with_other_figures_than_its_chunks(String change) {
        String job = Imports.run(Imports.csv("ann@example.com,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        assertGreen("counters-match-chunks");
        given().post("/api/migrations/" + job + "/cancel").then().statusCode(200);
        assertGreen("counters-match-chunks");
        database.update("update import_chunks set unchanged = 1, read_rows = 1 where ordinal = 0");
        database.update("update migration_jobs set unchanged = 1, read_rows = 1");
        database.update("update import_chunks set unchanged = 0, read_rows = 0 where step = 'merging'");
        database.update("update migration_jobs set " + change);
        assertRed("counters-match-chunks", 1, "1 jobs whose figures are not those of their chunks, for example " + job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_rows = 11", "inserted = 6, overridden = 5"})
    void a_running_job_with_more_rows_than_it_has(String figures) {
        UUID job = Damage.job(database, USER, "v1:running");
        database.update("update import_chunks set read_rows = 10, inserted = 6, overridden = 4 where job_id = ?", job);
        assertGreen("counters-match-chunks");
        database.update("update import_chunks set " + figures + " where job_id = ?", job);
        assertRed("counters-match-chunks", 1, "1 jobs");
    }

    @Test
    @NotOnCitus("a distributed table refuses a unique index without the organisation")
    @NotPartitioned("a partitioned table refuses a unique index without the organisation")
    void a_unique_index_that_is_gone() {
        database.update("alter table contacts drop constraint unique_contact_email");
        assertRed("unique-indexes-valid", 1, "unique_contact_email on contacts (org_id, email) is missing");
        database.update("create index unique_contact_email on contacts (org_id, email)");
        assertRed("unique-indexes-valid", 1, "unique_contact_email on contacts (org_id, email) is not unique");
        database.update("drop index unique_contact_email");
        database.update("create unique index unique_contact_email on contacts (email)");
        assertRed("unique-indexes-valid", 1, "is on (email)");
        database.update("drop index unique_contact_email");
        database.update("create unique index of_another_name on contacts (org_id, email)");
        assertGreen("unique-indexes-valid");
        database.update("drop index of_another_name");
    }

    @Test
    void a_deferrable_unique_constraint_decides_no_conflict() {
        database.update("alter table contacts drop constraint unique_contact_email");
        database.update("alter table contacts add constraint unique_contact_email unique (org_id, email) deferrable");
        assertRed("unique-indexes-valid", 1, "is not unique, or only later than at once");
    }

    @Test
    @NotPartitioned("no index of a partitioned table is built concurrently")
    void a_unique_index_whose_build_broke_off() {
        database.update("alter table contacts drop constraint unique_contact_email");
        for (int i = 0; i < 2; i++)
            database.update("insert into contacts (org_id, email) values (?, 'ann@example.com')", USER);
        assertThrows(
                IllegalStateException.class,
                () -> database.update(
                        "create unique index concurrently unique_contact_email on contacts (org_id, email)"));
        assertRed("unique-indexes-valid", 1, "is invalid: a build of it broke off");
    }

    @Test
    void a_key_of_sent_messages_that_includes_time_prevents_nothing() {
        Damage.bareSendTables(database);
        Damage.sendKeys(database);
        assertGreen("unique-indexes-valid");
        database.update("alter table sent_messages drop constraint sent_messages_pkey");
        database.update("alter table sent_messages add primary key (org_id, campaign_id, prospect_id, step, sent_at)");
        assertRed("unique-indexes-valid", 1, "is on (org_id, campaign_id, prospect_id, step, sent_at)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status <> 'cancelled' | has the predicate (status <> 'cancelled'::text)",
                "status not in ('cancelled', 'failed') | has the predicate (status <> ALL (ARRAY['cancelled'::text, 'failed'::text]))",
                "true | forbids more than it should: it has no predicate"
            })
    void the_first_fixs_predicate_and_others_that_are_not_ours(String predicate, String detail) {
        database.update("drop index unique_base_idempotency_key_active");
        database.update("create unique index unique_base_idempotency_key_active"
                + " on migration_jobs (user_id, base_idempotency_key) where " + predicate);
        assertRed("unique-indexes-valid", 1, detail);
    }

    @Test
    void an_older_index_beside_ours_still_bars_a_second_import() {
        database.update(
                "create unique index first_fix on migration_jobs (user_id, base_idempotency_key) where status != 'cancelled'");
        assertRed("unique-indexes-valid", 1, "first_fix on migration_jobs (user_id, base_idempotency_key) forbids");
    }

    @Test
    void every_unique_index_of_the_schema_is_missed_when_it_is_gone() throws SQLException {
        List<List<Object>> indexes = database.rows("""
                select coalesce('alter table ' || i.indrelid::regclass || ' drop constraint ' || k.conname || ' cascade',
                                'drop index ' || i.indexrelid::regclass)
                from pg_index i
                join pg_class t on t.oid = i.indrelid
                left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
                where i.indisunique and not t.relispartition and t.relnamespace = 'public'::regnamespace
                    and t.relname <> 'flyway_schema_history'
                """);
        for (List<Object> index : indexes) assertEquals(1, missedAfter((String) index.get(0)), index::toString);
    }

    private long missedAfter(String drop) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(drop);
            ResultSet found =
                    statement.executeQuery(UniqueIndexes.VALID.parts().get(0).sql());
            found.next();
            long count = found.getLong("count");
            connection.rollback();
            return count;
        }
    }

    private void chat(String participants, String key) {
        database.update(
                "insert into chats (id, participants, participants_key) values (gen_random_uuid(), ?::text[], ?)",
                participants,
                key);
    }

    private void item(String status, String overdue) {
        database.update("""
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, status, due_at)
                values (gen_random_uuid(), ?, 'c', case when ? = 'pending' then 'p' else gen_random_uuid()::text end, 1, ?,
                    now() - ?::interval)
                """, USER, status, status, overdue);
    }

    private static void assertRed(String name, long count, String detail) {
        JsonPath integrity = integrity();
        Map<String, Object> check = check(integrity, name);
        assertEquals(false, check.get("ok"), check::toString);
        assertEquals(count, ((Number) check.get("count")).longValue(), check::toString);
        assertTrue(((String) check.get("detail")).contains(detail), check::toString);
        assertFalse(integrity.getBoolean("ok"));
    }

    private static void assertGreen(String name) {
        Map<String, Object> check = check(integrity(), name);
        assertEquals(true, check.get("ok"), check::toString);
        assertEquals(0, check.get("count"));
    }

    private static Map<String, Object> check(JsonPath integrity, String name) {
        return integrity.getMap("checks.find { it.name == '" + name + "' }");
    }

    private static JsonPath integrity() {
        return given().get("/api/integrity").then().statusCode(200).extract().jsonPath();
    }
}
