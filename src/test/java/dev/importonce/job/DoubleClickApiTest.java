package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Incident 1 as its users saw it: the import button clicked several times. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DoubleClickApiTest {
    /** Keeps every job from completing. */
    private static final String NO_MERGE = "lock table contacts in share mode";

    Database database;

    @Test
    void a_single_import_works() {
        Response response = Imports.run(Imports.csv("single@example.com,Ann,Lee"), Imports.MAPPING);

        assertEquals(202, response.statusCode());
        assertEquals(true, response.path("created"));
        assertEquals("pending", response.path("status"));
        assertEquals("Job created", response.path("message"));
        assertEquals(
                "/api/migrations/" + response.path("jobId"),
                URI.create(response.header("Location")).getPath());
        assertEquals(
                response.path("baseIdempotencyKey") + "_" + response.path("jobId"), response.path("idempotencyKey"));
        JsonPath job = Imports.ended(response.path("jobId"));
        assertEquals("completed", job.getString("status"));
        assertEquals(1, job.getInt("progress.inserted"));
        assertEquals(100, job.getInt("progress.percent"));
        assertEquals("done", job.getString("progress.phase"));
    }

    @Test
    void the_second_of_two_quick_clicks_gets_the_first_job() {
        byte[] file = Imports.csv("quick@example.com,Ann,Lee");
        database.whileHolding(NO_MERGE, () -> {
            Response first = Imports.run(file, Imports.MAPPING);
            Response second = Imports.run(file, Imports.MAPPING);

            assertEquals(202, first.statusCode());
            assertEquals(200, second.statusCode());
            assertEquals(false, second.path("created"));
            assertEquals("Job already in progress", second.path("message"));
            assertEquals((String) first.path("jobId"), second.path("jobId"));
            assertEquals((String) first.path("idempotencyKey"), second.path("idempotencyKey"));
            assertEquals(1, Imports.job(first.path("jobId")).getInt("duplicateRequests"));
        });
    }

    @Test
    void after_completion_the_same_file_can_be_imported_again() {
        byte[] file = Imports.csv("again@example.com,Ann,Lee");
        JsonPath first = Imports.imported(file, Imports.MAPPING);

        Response second = Imports.run(file, Imports.MAPPING);

        assertEquals(202, second.statusCode());
        assertNotEquals(first.getString("jobId"), second.path("jobId"));
        assertEquals(first.getString("baseIdempotencyKey"), second.path("baseIdempotencyKey"));
        JsonPath job = Imports.ended(second.path("jobId"));
        assertEquals(1, job.getInt("progress.unchanged"));
        assertEquals(0, job.getInt("progress.inserted"));
    }

    @Test
    void key_order_and_white_space_of_the_mapping_make_no_difference() {
        byte[] file = Imports.csv("spelling@example.com,Ann,Lee");
        String tight = "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\",\"lastName\":\"last\"}}";
        String loose = """
                { "fields" : {"lastName": "last", "email": "email"},
                  "onExisting": "update", "target": "contacts" }
                """;
        database.whileHolding(
                NO_MERGE,
                () -> assertEquals(
                        (String) Imports.run(file, tight).path("jobId"),
                        Imports.run(file, loose).path("jobId")));
    }
}
