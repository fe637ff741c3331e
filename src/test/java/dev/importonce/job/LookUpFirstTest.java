package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.key.BaseKey;
import dev.importonce.key.CanonicalJson;
import dev.importonce.key.Sha256;
import dev.importonce.platform.Database;
import dev.importonce.platform.TestPostgres;
import dev.importonce.source.Formats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
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
        database.update("truncate migration_jobs, sources, uploads cascade");
    }

    @Test
    void a_duplicate_is_found_by_a_file_that_could_not_be_read() {
        byte[] whole = workbook();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertEquals(422, Imports.run(half, Imports.MAPPING).statusCode());
        Response first = Imports.run(whole, Imports.MAPPING);
        assertEquals(202, first.statusCode());
        String base = first.path("baseIdempotencyKey");
        String mapping = text("select mapping::text from migration_jobs");
        UUID user = UUID.fromString(text("select user_id::text from migration_jobs"));
        assertEquals(base, base(user, mapping, whole));
        database.update("update migration_jobs set base_idempotency_key = ?", base(user, mapping, half));

        Response second = Imports.run(half, Imports.MAPPING);

        assertEquals(200, second.statusCode());
        assertEquals((String) first.path("jobId"), second.path("jobId"));
        assertEquals(
                List.of(List.of(1L)),
                database.rows("select count(*) from uploads where id in (select upload_id from sources)"));
    }

    @Test
    void what_a_source_was_read_as_is_not_read_again_for_its_bytes() {
        byte[] file = workbook();
        assertEquals(202, Imports.run(file, Imports.MAPPING).statusCode());
        database.update("update renditions set header[3] = 'found'");

        JsonPath preview = given().multiPart("file", "contacts.xlsx", file)
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertEquals(List.of("email", "first", "found"), preview.getList("columns"));
        assertEquals("u0@example.com", preview.getString("sampleRows[0][0]"));
        database.update("update renditions set header[3] = 'last'");
        database.update("update migration_jobs set status = 'failed', finished_at = now()");
        Response again = Imports.run(file, Imports.MAPPING);
        assertEquals(202, again.statusCode());
        assertEquals(1, database.count("select count(*) from renditions"));
        assertEquals(1, database.count("select count(distinct upload_id) from migration_jobs"));
    }

    private String text(String query) {
        return (String) database.rows(query).get(0).get(0);
    }

    private static byte[] workbook() {
        return Formats.xlsx(List.of(List.of("email", "first", "last"), List.of("u0@example.com", "Ann", "Lee")), "S");
    }

    private static String base(UUID user, String mapping, byte[] file) {
        return BaseKey.of(user, Sha256.hash(CanonicalJson.of(mapping)), Sha256.hash(file))
                .value();
    }
}
