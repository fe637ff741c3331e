package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list whose contacts are all expected to be new is inserted without a look at each; one that was there is met all the same. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class InsertNewTest extends ChunksByHand {
    private static final int ROWS = 40;

    /** Only the insert of new rows reads them where they are staged; a merge takes them out. */
    private static final String REMEMBER = """
            create function remember_new() returns trigger language plpgsql as $$
            begin
                if current_query() like '%job as not materialized (%' then insert into inserted_as_new values (new.email); end if;
                return null;
            end $$
            """;

    InsertNewTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @BeforeEach
    void watch() {
        database.update("create table inserted_as_new (email text)");
        database.update(REMEMBER);
        database.update("create trigger watched after insert on contacts for each row execute function remember_new()");
    }

    @AfterEach
    void forget() {
        database.update("drop trigger watched on contacts");
        database.update("drop function remember_new()");
        database.update("drop table inserted_as_new");
    }

    @Test
    @Timeout(60)
    void a_contact_that_appears_during_the_inserts_is_updated() {
        double refused = refused();
        String job = read("a@example.com", "m@example.com", "z@example.com");
        CompletableFuture<?>[] merge = new CompletableFuture<?>[1];
        database.whileUncommitted(contact("z@example.com"), () -> {
            merge[0] = CompletableFuture.runAsync(worker::workOne);
            database.awaitBlocked(merge[0]);
        });
        merge[0].join();

        assertFigures(job, 2, 1);
        assertEquals(
                List.of(
                        List.of("a@example.com", "Ann"),
                        List.of("m@example.com", "Ann"),
                        List.of("z@example.com", "Ann")),
                database.rows("select email, first_name from contacts order by email"));
        assertEquals(0, database.count("select count(*) from target_staging"));
        assertEquals(refused, refused());
    }

    @Test
    void the_first_contacts_of_an_organisation_are_inserted_as_new() {
        database.update("insert into contacts (org_id, email) select gen_random_uuid(), 'row1@example.com'");
        String job = imported();

        assertFigures(job, ROWS, 0);
        assertEquals(ROWS, database.count("select count(*) from inserted_as_new"));
    }

    @Test
    void a_share_is_inserted_as_new_after_one_without_known_contacts() {
        database.update(contact("other@example.com"));
        String job = imported();

        assertFigures(job, ROWS, 0);
        long first = merged(job, 0);
        assertTrue(first > 0 && first < ROWS);
        assertEquals(ROWS - first, database.count("select count(*) from inserted_as_new"));
    }

    @Test
    void once_a_share_met_a_known_contact_none_is_inserted_as_new() {
        String job = readAll();
        int known = database.update(
                "insert into contacts (org_id, email) select ?, unnest(v1) from target_staging where share = 0",
                Caller.LOCAL_USER);
        mergeBoth();

        assertTrue(known > 0 && known < ROWS);
        assertFigures(job, ROWS - known, known);
        assertEquals(0, database.count("select count(*) from inserted_as_new"));
    }

    @Test
    void what_failed_once_is_merged_like_any_other() {
        String job = read("a@example.com");
        database.update("update import_chunks set attempts = 1 where step = 'merging'");
        worker.workOne();

        assertFigures(job, 1, 0);
        assertEquals(0, database.count("select count(*) from inserted_as_new"));
    }

    @Test
    void without_the_unique_key_nothing_is_inserted() {
        database.update("alter table contacts drop constraint unique_contact_email");
        try {
            String job = read("a@example.com");
            worker.workOne();

            assertEquals(0, database.count("select count(*) from contacts"));
            JsonPath failed = Imports.job(job);
            assertEquals("failed", failed.getString("status"));
            assertTrue(failed.getString("error.type").endsWith("target-changed"), failed::prettify);
            assertTrue(
                    failed.getString("error.detail")
                            .contains("No unique index of the table has exactly the columns email, org_id."),
                    failed::prettify);
        } finally {
            database.update("alter table contacts add constraint unique_contact_email unique (org_id, email)");
        }
    }

    private String read(String... emails) {
        String[] rows =
                List.of(emails).stream().map(email -> email + ",Ann,Lee").toArray(String[]::new);
        String job = Imports.run(Imports.csv(rows), Imports.MAPPING).path("jobId");
        worker.workOne();
        return job;
    }

    /** In two shares, one after the other. */
    private String imported() {
        String job = readAll();
        mergeBoth();
        return job;
    }

    private String readAll() {
        cuts.set(0, ROWS / 2);
        return read(IntStream.range(0, ROWS)
                .mapToObj(i -> "row" + i + "@example.com")
                .toArray(String[]::new));
    }

    private void mergeBoth() {
        workToTheEnd();
        assertEquals(
                2, database.count("select count(*) from import_chunks where step = 'merging' and status = 'done'"));
    }

    private long merged(String job, int share) {
        return database.count(
                "select inserted from import_chunks where job_id = ?::uuid and step = 'merging' and ordinal = ?",
                job,
                share);
    }

    private static void assertFigures(String job, int inserted, int updated) {
        JsonPath view = Imports.job(job);
        assertEquals("completed", view.getString("status"));
        assertEquals(inserted, view.getInt("progress.inserted"));
        assertEquals(updated, view.getInt("progress.updated"));
    }

    private static String contact(String email) {
        return "insert into contacts (org_id, email) values ('" + Caller.LOCAL_USER + "', '" + email + "')";
    }

    private static double refused() {
        return Metrics.figure("importonce_unique_violations_total").orElseThrow();
    }
}
