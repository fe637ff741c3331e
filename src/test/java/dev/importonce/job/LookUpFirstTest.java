package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.key.BaseKey;
import dev.importonce.key.CanonicalJson;
import dev.importonce.key.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A click that is not the first is answered before anything is read of the file but its hash. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class LookUpFirstTest {
    Database database;

    @BeforeEach
    void no_other_jobs() {
        database.update("truncate migration_jobs, sources, uploads, idempotency_keys cascade");
    }

    @Test
    void a_duplicate_is_found_by_a_file_that_could_not_be_read() {
        byte[] whole = workbook();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertEquals(422, Imports.run(half, Imports.MAPPING).statusCode());
        Response first = Imports.run(whole, Imports.MAPPING);
        assertEquals(202, first.statusCode());
        // From here on it is the job of the half.
        database.update("update migration_jobs set base_idempotency_key = ?", base(half));

        Response second = Imports.run(half, Imports.MAPPING);

        assertEquals(200, second.statusCode());
        assertEquals((String) first.path("jobId"), second.path("jobId"));
        assertEquals(2, database.count("select count(*) from uploads"), "the source and its rendition");
    }

    @Test
    void a_client_key_finds_its_job_even_with_an_unreadable_file() {
        byte[] whole = workbook();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Response first = keyed(whole);
        assertEquals(202, first.statusCode());
        database.update("update migration_jobs set status = 'failed', finished_at = now()");
        database.update("update idempotency_keys set base_idempotency_key = ?", base(half));

        Response second = keyed(half);

        assertEquals(200, second.statusCode());
        assertEquals((String) first.path("jobId"), second.path("jobId"));
        assertEquals("failed", second.path("status"));
        assertEquals(2, database.count("select count(*) from uploads"));
    }

    @Test
    void what_a_source_was_read_as_is_not_read_again_for_its_bytes() {
        byte[] file = workbook();
        assertEquals(202, Imports.run(file, Imports.MAPPING).statusCode());
        database.update("update renditions set header[3] = 'found'");
        database.update("update migration_jobs set status = 'failed', finished_at = now()");

        JsonPath preview = given().multiPart("file", "contacts.xlsx", file)
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Response again = Imports.run(file, Imports.MAPPING.replace("\"last\"", "\"found\""));

        assertEquals(List.of("email", "first", "found"), preview.getList("columns"));
        assertEquals("u0@example.com", preview.getString("sampleRows[0][0]"));
        assertEquals(202, again.statusCode());
        assertEquals("found", text("select header[3] from migration_jobs where status = 'pending'"));
        assertEquals(2, database.count("select count(*) from uploads"));
    }

    @Test
    void what_an_older_version_read_it_as_is_not_taken() {
        byte[] file = workbook();
        assertEquals(202, Imports.run(file, Imports.MAPPING).statusCode());
        database.update("update renditions set header[3] = 'found', asked = asked - 'reader'");
        database.update("update migration_jobs set status = 'failed', finished_at = now()");

        assertEquals(202, Imports.run(file, Imports.MAPPING).statusCode());

        assertEquals("last", text("select header[3] from migration_jobs where status = 'pending'"));
        assertEquals(2, database.count("select count(*) from renditions"));
    }

    @Test
    void bytes_that_are_a_source_already_are_sent_without_being_read() {
        byte[] file = workbook();
        String source = sent(file);
        byte[] half = Arrays.copyOf(file, file.length / 2);
        database.update(
                "update sources set sha256 = ?", (Object) Sha256.hash(half).bytes());

        assertEquals(source, sent(half));
        assertEquals(2, database.count("select count(*) from uploads"));
    }

    private static String sent(byte[] file) {
        return given().contentType("application/octet-stream")
                .body(file)
                .post("/api/sources")
                .then()
                .extract()
                .path("sourceId");
    }

    private static Response keyed(byte[] file) {
        return Imports.request(file, Imports.MAPPING)
                .header("Idempotency-Key", "the-same")
                .post("/api/migrations/run");
    }

    private String base(byte[] file) {
        UUID user = UUID.fromString(text("select user_id::text from migration_jobs"));
        return BaseKey.of(
                        user,
                        Sha256.hash(CanonicalJson.of(text("select mapping::text from migration_jobs"))),
                        Sha256.hash(file))
                .value();
    }

    private String text(String query) {
        return (String) database.rows(query).get(0).get(0);
    }

    /** Large enough to be stored while it comes in, and so that what is made of it is, too. */
    private static byte[] workbook() {
        Random random = new Random(1);
        List<List<String>> table = new ArrayList<>(List.of(List.of("email", "first", "last")));
        for (int i = 0; i < 70_000; i++)
            table.add(List.of(
                    "u" + i + "@example.com",
                    Long.toHexString(random.nextLong()),
                    Long.toHexString(random.nextLong())));
        byte[] file = Formats.xlsx(table, "S");
        assertTrue(file.length > 2 << 20, () -> "only " + file.length);
        return file;
    }
}
