package dev.importonce.job.chunk;

import static io.restassured.RestAssured.post;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list whose contacts are all expected to be new is inserted without a look at each; one that was there is met all the same. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class InsertNewTest extends ChunksByHand {
    private static final int ROWS = 40;

    /** Their share was inserted by the attempt, which is a transaction within its chunk's. */
    private static final String INSERTED_AS_NEW = """
            select count(*) from contacts
            where first_name = 'Ann' and xmin::text not in (select xmin::text from import_chunks where job_id = ?::uuid)
            """;

    InsertNewTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
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
        assertEquals(0, database.count("select count(*) from contact_staging"));
        assertEquals(refused, refused());
    }

    @Test
    void the_first_contacts_of_an_organisation_are_inserted_as_new() {
        database.update("insert into contacts (org_id, email) select gen_random_uuid(), 'row1@example.com'");
        String job = imported();

        assertFigures(job, ROWS, 0);
        assertEquals(ROWS, database.count(INSERTED_AS_NEW, job));
    }

    @Test
    void a_share_is_inserted_as_new_after_one_without_known_contacts() {
        database.update(contact("other@example.com"));
        String job = imported();

        assertFigures(job, ROWS, 0);
        long first = merged(job, 0);
        assertTrue(first > 0 && first < ROWS);
        assertEquals(ROWS - first, database.count(INSERTED_AS_NEW, job));
    }

    @Test
    void once_a_share_met_a_known_contact_none_is_inserted_as_new() {
        String job = readAll();
        int known = database.update(
                "insert into contacts (org_id, email) select ?, unnest(email) from contact_staging where share = 0",
                Caller.LOCAL_USER);
        mergeBoth();

        assertTrue(known > 0 && known < ROWS);
        assertFigures(job, ROWS - known, known);
        assertEquals(0, database.count(INSERTED_AS_NEW, job));
    }

    @Test
    void what_failed_once_is_merged_like_any_other() {
        String job = read("a@example.com");
        database.update("update import_chunks set attempts = 1 where step = 'merging'");
        worker.workOne();

        assertFigures(job, 1, 0);
        assertEquals(0, database.count(INSERTED_AS_NEW, job));
    }

    @Test
    void without_the_unique_key_nothing_is_inserted() {
        database.update("alter table contacts drop constraint unique_contact_email");
        try {
            String job = read("a@example.com");
            worker.workOne();

            assertEquals(0, database.count("select count(*) from contacts"));
            assertEquals(1, database.count(FAILED_WITHOUT_SQL));
            post("/api/migrations/" + job + "/cancel").then().statusCode(200);
        } finally {
            database.update("alter table contacts add constraint unique_contact_email unique (org_id, email)");
        }
    }

    /** Browsers can read it: what it was is in the log alone. */
    private static final String FAILED_WITHOUT_SQL = """
            select count(*)
            from import_chunks
            where step = 'merging' and status = 'pending' and attempts = 1
              and last_error = 'An attempt failed. The log of the service says why.'
            """;

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
