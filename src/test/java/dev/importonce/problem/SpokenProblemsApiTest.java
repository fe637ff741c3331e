package dev.importonce.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems have a code and parameters, and are said in the caller's language. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpokenProblemsApiTest {
    private static final String MAPPING = "{\"target\": \"contacts\", \"fields\": {\"email\": \"Mail\"}}";

    @Test
    void without_a_language_it_is_english() {
        given().get("/api/migrations?limit=0")
                .then()
                .statusCode(422)
                .header("Content-Language", "en")
                .header("Vary", containsString("Accept-Language"))
                .body("title", equalTo("A parameter is not valid"))
                .body("detail", equalTo("limit must be a number from 1 to 500."))
                .body("code", equalTo("limit-out-of-range"))
                .body("parameters.most", equalTo("500"));
    }

    @Test
    void title_detail_and_errors_are_said_in_the_callers() {
        Imports.request(Imports.csv("ann@problems.example,A,1"), MAPPING)
                .header("Accept-Language", "de-CH, fr;q=0.9")
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("Content-Language", "de")
                .body("type", equalTo("urn:importonce:problem:unknown-column"))
                .body("title", equalTo("Eine Spalte der Zuordnung ist nicht in der Datei"))
                .body("detail", equalTo("Die Datei hat keine Spalte „Mail“. Gefundene Spalten: email, first, last."))
                .body("code", equalTo("columns-found"))
                .body("parameters.fault.code", equalTo("no-such-column"))
                .body("errors[0].code", equalTo("no-such-column"))
                .body("errors[0].parameters.name", equalTo("Mail"))
                .body("errors[0].detail", equalTo("Die Datei hat keine Spalte „Mail“."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ";q=1", "de;q=9", "\u00ff", "de\"", "{}"})
    void a_malformed_language_is_ignored(String accepted) {
        given().header("Accept-Language", accepted)
                .get("/api/migrations/nobody")
                .then()
                .statusCode(404)
                .body("detail", equalTo("You have no job with that id."));
    }

    @Test
    void what_is_refused_before_an_endpoint_is_matched_is_said_too() {
        given().header("X-User-Id", "nobody")
                .header("Accept-Language", "de")
                .get("/api/nothing?locale=it")
                .then()
                .statusCode(404)
                .header("Content-Language", "it")
                .body("title", equalTo("Non trovato"))
                .body("detail", equalTo("Non c’è nulla in /api/nothing."));
    }
}
