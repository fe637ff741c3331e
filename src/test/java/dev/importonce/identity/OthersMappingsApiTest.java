package dev.importonce.identity;

import static dev.importonce.fixture.Declared.csv;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose mappings are suggested to whom. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class OthersMappingsApiTest {
    private static final byte[] FILE = csv("post,one,two", "a@others.example,Ann,Lee");
    private static final String MAPPING =
            "{\"target\": \"contacts\", \"fields\": {\"email\": \"post\", \"company\": \"two\"}%s}";
    private static final String NOTES = """
            {"name": "notes", "table": "shop.notes", "owner": %s, "key": ["title"],
             "fields": [{"name": "title", "column": "title", "type": "text"}, {"name": "body", "column": "body", "type": "text"}]}
            """;
    private static final String NOTES_MAPPING =
            "{\"target\": \"notes\", \"fields\": {\"title\": \"two\", \"body\": \"one\"}}";

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID org = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    Database database;

    @BeforeEach
    void a_shop() {
        database.update("drop schema if exists shop cascade");
        database.update("create schema shop");
        database.update(
                "create table shop.notes (user_id uuid not null, title text not null, body text, unique (user_id, title))");
        database.update("create table shop.all_notes (title text not null unique, body text)");
    }

    @AfterEach
    void no_target_is_left() {
        database.update("delete from import_targets");
        database.update("drop schema shop cascade");
    }

    @Test
    void colleagues_have_the_same_and_other_organisations_nothing() {
        imported(in(ann, org), MAPPING.formatted(""));

        JsonPath colleague = look(in(bob, org));
        assertTrue(colleague.getBoolean("remembered"));
        assertEquals(Map.of("email", "post", "company", "two"), colleague.getMap("suggestedMapping.fields"));
        for (RequestSpecification stranger : List.of(in(bob, other), as(Jwt.of(bob)), as(Jwt.of(ann)), in(ann, other)))
            assertFalse(look(stranger).getBoolean("remembered"));
    }

    @Test
    void what_was_used_for_another_organisation_stays_there() {
        Jwt member = Jwt.of(ann)
                .with("app_metadata", Map.of("org_id", org.toString(), "org_ids", List.of(other.toString())));
        String intoOther = MAPPING.formatted(", \"orgId\": \"" + other + "\"");
        imported(as(member), intoOther);

        assertFalse(look(as(member)).getBoolean("remembered"));
        assertTrue(preview(as(member), intoOther).getBoolean("remembered"));
        assertFalse(preview(as(member), MAPPING.formatted("")).getBoolean("remembered"));
        JsonPath theirs = look(in(bob, other));
        assertTrue(theirs.getBoolean("remembered"));
        assertNull(theirs.getString("suggestedMapping.orgId"));
    }

    @Test
    void for_rows_of_users_each_user_has_an_own_one() {
        declare("{\"user\": \"user_id\"}", "shop.notes");
        imported(in(ann, org), NOTES_MAPPING);

        assertEquals("notes", look(in(ann, org)).getString("suggestedMapping.target"));
        assertEquals("notes", look(in(ann, other)).getString("suggestedMapping.target"));
        assertFalse(look(in(bob, org)).getBoolean("remembered"));
    }

    @Test
    void for_rows_of_nobody_it_is_that_of_the_services_user() {
        declare("null", "shop.all_notes");
        imported(service(ann), NOTES_MAPPING);

        assertEquals("notes", look(service(ann)).getString("suggestedMapping.target"));
        assertFalse(look(service(bob)).getBoolean("remembered"));
        assertFalse(look(as(Jwt.of(ann))).getBoolean("remembered"), "she may not import them");
    }

    @Test
    void it_is_not_shown_when_the_rows_belong_to_others_now() {
        declare("{\"user\": \"user_id\"}", "shop.notes");
        imported(in(ann, org), NOTES_MAPPING);
        database.update("drop table shop.notes");
        database.update(
                "create table shop.notes (org_id uuid not null, title text not null, body text, unique (org_id, title))");
        declare("{\"organisation\": \"org_id\"}", "shop.notes");

        assertFalse(look(in(ann, org)).getBoolean("remembered"));
        assertFalse(look(in(bob, org)).getBoolean("remembered"));
    }

    private void declare(String owner, String table) {
        Response put = as(Jwt.ofService())
                .contentType("application/json")
                .body(Citus.distributed(NOTES.formatted(owner).replace("shop.notes", table)))
                .put("/api/targets/notes");
        assertTrue(put.statusCode() < 300, put::asString);
    }

    private static RequestSpecification in(UUID user, UUID organisation) {
        return as(Jwt.of(user).with("app_metadata", Map.of("org_id", organisation.toString())));
    }

    private static RequestSpecification service(UUID user) {
        return as(Jwt.ofService()).header("X-User-Id", user);
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }

    private static JsonPath look(RequestSpecification caller) {
        return given().spec(caller)
                .multiPart("file", "f.csv", FILE)
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath preview(RequestSpecification caller, String mapping) {
        return given().spec(caller)
                .multiPart("file", "f.csv", FILE)
                .multiPart("mapping", mapping, "application/json")
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void imported(RequestSpecification caller, String mapping) {
        String job = given().spec(caller)
                .multiPart("file", "f.csv", FILE)
                .multiPart("mapping", mapping, "application/json")
                .post("/api/migrations/run")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            JsonPath now = given().spec(caller).get("/api/migrations/" + job).jsonPath();
            if (now.getString("finishedAt") != null) {
                assertEquals("completed", now.getString("status"), now::prettify);
                return;
            }
            if (System.nanoTime() > deadline) throw new AssertionError("job has not ended: " + now.prettify());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
