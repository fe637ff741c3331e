package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's jobs by state, target and time. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class JobListApiTest {
    private static final String CHATS =
            "{\"target\": \"chats\", \"fields\": {\"participant1\": \"email\", \"participant2\": \"first\"}}";

    Database database;
    private String first;
    private String second;
    private String chats;

    /** Long before all other jobs, a day after each other. */
    @BeforeEach
    void three_jobs() {
        first = job(Imports.MAPPING, "2001-01-01T00:00:00Z");
        second = job(Imports.MAPPING, "2001-01-02T00:00:00Z");
        chats = job(CHATS, "2001-01-03T00:00:00Z");
        database.update("update migration_jobs set status = 'failed' where id = ?", UUID.fromString(second));
    }

    @AfterEach
    void they_are_like_all_others() {
        database.update(
                "update migration_jobs set status = 'completed', created_at = now() where created_at < '2002-01-01'");
    }

    @Test
    void each_filter_leaves_the_jobs_that_are_like_that() {
        String before = "2002-01-01T00:00:00Z";
        assertEquals(List.of(chats, second, first), jobs(Map.of("before", before)));
        assertEquals(List.of(second, first), jobs(Map.of("before", before, "target", "contacts")));
        assertEquals(List.of(chats), jobs(Map.of("before", before, "target", "chats")));
        assertEquals(List.of(second), jobs(Map.of("before", before, "status", "failed")));
        assertEquals(List.of(), jobs(Map.of("before", before, "status", "failed", "target", "chats")));
        assertEquals(List.of(), jobs(Map.of("target", "no-such-target")));
    }

    @Test
    void since_is_the_first_moment_and_before_is_after_the_last() {
        assertEquals(List.of(second), jobs(Map.of("since", "2001-01-02T00:00:00Z", "before", "2001-01-03T00:00:00Z")));
        assertEquals(
                List.of(second),
                jobs(Map.of("since", "2001-01-02T01:00:00+01:00", "before", "2001-01-03T01:00:00+01:00")));
        assertEquals(List.of(), jobs(Map.of("since", "2001-01-02T00:00:00Z", "before", "2001-01-02T00:00:00Z")));
    }

    @Test
    void pages_go_on_within_the_filter() {
        Map<String, String> filter = Map.of("before", "2002-01-01T00:00:00Z", "target", "contacts", "limit", "1");
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            var request = given().queryParams(filter);
            if (cursor != null) request.queryParam("cursor", cursor);
            JsonPath page = request.get("/api/migrations")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.jobId"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertEquals(List.of(second, first), found);
    }

    @ParameterizedTest
    @CsvSource({
        "since, yesterday",
        "since, 2030-12-31",
        "before, +1000000000-01-01T00:00:00Z",
        "before, -4800-01-01T00:00:00Z",
        "target, a-name-that-is-longer-than-every-declaration-of-a-target-can-ever-be",
        "status, done"
    })
    void what_is_no_filter_is_refused_with_what_to_send(String name, String value) {
        given().queryParam(name, value)
                .get("/api/migrations")
                .then()
                .statusCode(422)
                .body("type", containsString("invalid-parameter"))
                .body("detail", containsString(name + " must be"));
    }

    private String job(String mapping, String createdAt) {
        String id = Imports.imported(Imports.csv("ann@list.example,Ann,Lee"), mapping)
                .getString("jobId");
        database.update(
                "update migration_jobs set created_at = ?::timestamptz where id = ?", createdAt, UUID.fromString(id));
        return id;
    }

    private static List<String> jobs(Map<String, String> filter) {
        return given().queryParams(filter)
                .get("/api/migrations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.jobId");
    }
}
