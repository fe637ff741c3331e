package dev.importonce.integrity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses that an older version has stored, and its check on them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
@NotPartitioned("no index of a partitioned table is built concurrently; clean-ups come before distributing")
class OlderAddressesTest {
    private static final UUID ORG = UUID.randomUUID();

    private static final String CHECK = "select pg_get_constraintdef(oid) from pg_constraint where conname = ?";

    Database database;

    private final Dedupe dedupe;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    OlderAddressesTest(Dedupe dedupe) {
        this.dedupe = dedupe;
    }

    @BeforeEach
    void the_check_of_the_older_version() {
        database.update("truncate contacts, target_staging, dedupe_log");
        database.update("alter table contacts drop constraint if exists contacts_email_shape,"
                + " drop constraint if exists contacts_email_normalised");
        database.update(
                "alter table contacts add constraint contacts_email_normalised check (octet_length(email) <= 254"
                        + " and email ~ '^[^@]+@[^@.]+(\\.[^@.]+)+$' and email !~ '[A-Z[:space:]]')");
    }

    /** Other tests of this database look for what is wrong. */
    @AfterEach
    void todays_check_for_those_who_come_next() {
        database.update("truncate contacts, target_staging");
        assertTrue(run(), this::printed);
    }

    @Test
    void what_an_older_version_stored_becomes_one_contact_the_oldest() {
        UUID oldest = contact("\u200bann@example.com", "2024-01-01", null, "{\"a\": 1}");
        contact("ann@example.com", "2024-01-02", "2", "{\"a\": 2, \"b\": 2}");
        contact("\"ann@example.com\"", "2024-01-03", "3", "{\"c\": 3}");
        contact("mailto:ann@example.com", "2024-01-04", "4", "{}");
        contact("\u201cann@example.xn--com-9o0a", "2024-01-05", "5", "{}");
        UUID alone = contact("\ufeffbob@example.com", "2024-01-01", null, "{}");
        UUID other = contact("cat@example.com", "2024-01-01", null, "{}");
        assertTrue(dedupe.run("contacts", false, new PrintStream(printed, true, StandardCharsets.UTF_8)));
        assertTrue(printed().contains("contacts: 4 surplus rows of 1 keys, 1 keys to be written anew"), printed());

        assertTrue(run(), this::printed);

        assertEquals(
                List.of(
                        Arrays.asList(oldest, "ann@example.com", "2", "{\"a\": 1, \"b\": 2, \"c\": 3}"),
                        Arrays.asList(alone, "bob@example.com", null, "{}"),
                        Arrays.asList(other, "cat@example.com", null, "{}")),
                database.rows("select id, email, phone, attributes::text from contacts order by email"));
        assertEquals(4, database.count("select count(*) from dedupe_log where kept_id = ?", oldest));
        assertTodays();
    }

    @Test
    void a_contact_with_a_refused_address_takes_over_what_it_lacks() {
        database.update("alter table contacts drop constraint contacts_email_normalised");
        UUID oldest = contact("Ann@Example.com", "2024-01-01", null, "{}");
        contact("ann@example.com", "2024-01-02", "2", "{\"b\": 2}");
        database.update(
                "alter table contacts add constraint contacts_email_normalised check (email !~ '[A-Z]') not valid");

        assertTrue(run(), this::printed);

        assertEquals(
                List.of(List.of(oldest, "ann@example.com", "2", "{\"b\": 2}")),
                database.rows("select id, email, phone, attributes::text from contacts"));
        assertTodays();
    }

    @Test
    void a_skipped_address_keeps_the_older_check_and_can_be_changed() {
        UUID alone = contact("o\u2019neil@example.com", "2024-01-01", null, "{}");

        assertFalse(run());

        assertTrue(printed().contains("The older check of addresses stays"), printed());
        assertTrue(printed().contains(alone + " is left alone"), printed());
        assertEquals(List.of(), database.rows(CHECK, "contacts_email_shape"));
        assertEquals(1, database.update("update contacts set phone = '1' where id = ?", alone));
        database.update("update contacts set email = 'o''neil@example.com' where id = ?", alone);
        assertTrue(run(), this::printed);
        assertTodays();
    }

    @Test
    void a_clean_up_waits_for_an_import_that_an_older_version_read() {
        database.update(
                "insert into migration_jobs (id, user_id, target, status, finished_at) values (?, ?, 'contacts', 'failed', now())",
                ORG,
                ORG);
        database.update("""
                insert into target_staging (job_id, user_id, share, block, row_no, id, v1)
                values (?, ?, 0, 0, '{1,2}', array[gen_random_uuid(), gen_random_uuid()],
                    '{ann@example.com,"mailto:bob@example.com"}')
                """, ORG, ORG);

        assertFalse(run());

        assertTrue(printed().contains("an import that an older version has read is not merged yet"), printed());
        contact("mailto:bob@example.com", "2024-01-01", null, "{}");
        database.update("delete from target_staging");
        assertTrue(run(), this::printed);
        assertEquals(List.of(List.of("bob@example.com")), database.rows("select email from contacts"));
        assertTodays();
    }

    @Test
    void a_clean_up_interrupted_between_the_two_checks_continues() {
        database.update(
                "alter table contacts add constraint contacts_email_shape check (email ~ '^[a-z@.]+$') not valid");

        assertTrue(run(), this::printed);

        assertTodays();
    }

    /** A clean-up may break off before today's check is valid: imports go on beside what it would refuse. */
    @Test
    void an_import_of_a_contact_of_an_older_version_completes() {
        UUID user = UUID.fromString("00000000-0000-0000-0000-000000000001");
        UUID oldest = contact("mailto:ann@example.com", "2024-01-01", "1", "{}");
        database.update("update contacts set org_id = ?", user);
        database.update(
                "alter table contacts add constraint contacts_email_shape check (email ~ '^[a-z@.]+$') not valid");
        String file = "email,first\nMailto:Ann@example.com,Ann\nbob@example.com,Bob\n";

        String jobId = Imports.run(
                        file.getBytes(StandardCharsets.UTF_8), Imports.MAPPING.replace(", \"lastName\": \"last\"", ""))
                .path("jobId");
        given().post("/api/cron/process-imports").then().statusCode(200);
        JsonPath job = Imports.job(jobId);

        assertEquals("completed", job.getString("status"), job::prettify);
        assertEquals(2, job.getInt("progress.inserted"), job::prettify);
        assertTrue(run(), this::printed);
        assertEquals(
                List.of(Arrays.asList("Ann", "1"), Arrays.asList("Bob", null)),
                database.rows("select first_name, phone from contacts order by email"));
        assertEquals(
                1, database.count("select count(*) from contacts where id = ? and email = 'ann@example.com'", oldest));
        assertTodays();
    }

    @Test
    void a_table_that_somebody_reads_keeps_the_older_check_for_now() {
        database.whileHolding("lock table contacts in access share mode", () -> assertFalse(run()));

        assertTrue(printed().contains("contacts is busy"), printed());
        assertTrue(run(), this::printed);
        assertTodays();
    }

    private void assertTodays() {
        assertEquals(List.of(), database.rows(CHECK, "contacts_email_normalised"));
        List<List<Object>> check = database.rows(CHECK, "contacts_email_shape");
        assertEquals(1, check.size());
        assertFalse(check.get(0).get(0).toString().contains("NOT VALID"), check::toString);
        assertThrows(IllegalStateException.class, () -> contact("\u200bzoe@example.com", "2024-01-01", null, "{}"));
    }

    private UUID contact(String email, String createdAt, String phone, String attributes) {
        UUID id = UUID.randomUUID();
        database.update("""
                insert into contacts (id, org_id, email, created_at, phone, attributes)
                values (?, ?, ?, ?::timestamptz, ?, ?::jsonb)
                """, id, ORG, email, createdAt, phone, attributes);
        return id;
    }

    private boolean run() {
        return dedupe.run("contacts", true, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
