package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each reader of a job reads its reasons in the own language. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpokenRejectsApiTest {
    private static final String ENGLISH = "\"email \"\"ann\"\" is not an e-mail address: it has no @.\"";
    private static final String GERMAN = "email „ann“: Das ist keine E-Mail-Adresse: Das @ fehlt.";
    private static final String FRENCH = "email « ann » : ce n’est pas une adresse e-mail : le @ manque.";

    Database database;

    @Test
    void one_job_is_read_in_whatever_language_its_reader_has() {
        String job = rejected("ann,A,1");

        assertEquals("email,first,last,_row,_reason\r\nann,A,1,2," + ENGLISH + "\r\n", rejects(job, "", null));
        assertEquals(
                "email,first,last,_row,_reason\r\nann,A,1,2," + GERMAN + "\r\n", rejects(job, "", "de-AT,en;q=0.5"));
        assertTrue(rejects(job, "?locale=fr", "de").contains(FRENCH));
        assertTrue(rejects(job, "?locale=sv", "de").contains(ENGLISH));
        assertTrue(rejects(job, "", "de;;q=,\"").contains(ENGLISH));
    }

    @Test
    void the_answer_names_its_language() {
        given().header("Accept-Language", "pl")
                .get("/api/migrations/" + rejected("ann,A,2") + "/rejects")
                .then()
                .statusCode(200)
                .header("Content-Language", "pl")
                .header("Vary", containsString("Accept-Language"));
    }

    @Test
    void a_corrected_list_is_imported_whatever_its_language() {
        for (String language : new String[] {"en", "de", "ja", "ar"}) {
            String list = rejects(rejected("ann,A," + language), "?locale=" + language, null);
            String corrected = list.replace("\r\nann,", "\r\nann@" + language + ".example,");

            JsonPath job = Imports.imported(corrected.getBytes(StandardCharsets.UTF_8), Imports.MAPPING);

            assertEquals(1, job.getInt("progress.inserted"), language);
            assertEquals(0, job.getInt("progress.rejected"), language);
        }
    }

    @Test
    void what_an_older_version_has_stored_stays_english() {
        String job = rejected("ann,A,3");
        database.update(
                "update import_rejects set rejects = (select json_agg(e::jsonb - 'code' - 'parameters') from json_array_elements(rejects) e)"
                        + " where job_id = '" + job + "'");

        assertTrue(rejects(job, "?locale=de", null).contains(ENGLISH));
    }

    @Test
    void a_preview_says_code_parameters_and_the_sentence() {
        Imports.request(Imports.csv("\"a\"\"b\",A,1"), Imports.MAPPING)
                .header("Accept-Language", "de")
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .header("Content-Language", "de")
                .body("rejects[0].code", equalTo("email-without-at"))
                .body("rejects[0].parameters.column", equalTo("email"))
                .body("rejects[0].parameters.value", equalTo("a\"b"))
                .body("rejects[0].reason", equalTo("email „a\"b“: Das ist keine E-Mail-Adresse: Das @ fehlt."));
    }

    @Test
    void notices_are_said_in_it_too() {
        byte[] file = Imports.csv("ann@notices.example,#N/A,1", "", "bob@notices.example,Bob,2,,");

        JsonPath job = Imports.imported(file, Imports.MAPPING);
        JsonPath german = given().get("/api/migrations/" + job.getString("jobId") + "?locale=de")
                .then()
                .header("Content-Language", "de")
                .extract()
                .jsonPath();

        assertEquals(job.getList("notices.code"), german.getList("notices.code"));
        assertTrue(german.getList("notices.detail")
                .contains("Zellen enthalten einen Fehler der Tabellenkalkulation wie #N/A: Sie gelten als leer."));
        assertEquals(
                german.getList("notices"),
                given().get("/api/migrations?limit=500&locale=de")
                        .jsonPath()
                        .getList("items.find { it.jobId == '" + job.getString("jobId") + "' }.notices"));
    }

    @Test
    void the_events_of_a_job_are_said_in_it() {
        String job = Imports.imported(Imports.csv("ann@events.example,#N/A,1"), Imports.MAPPING)
                .getString("jobId");

        given().get("/api/migrations/" + job + "/events?locale=nl")
                .then()
                .body(containsString("Cellen bevatten een fout van het rekenblad zoals #N/A"));
    }

    private static String rejected(String row) {
        JsonPath job = Imports.imported(Imports.csv(row), Imports.MAPPING);
        assertEquals(1, job.getInt("progress.rejected"));
        return job.getString("jobId");
    }

    private static String rejects(String job, String query, String accepted) {
        var request = given();
        if (accepted != null) request = request.header("Accept-Language", accepted);
        return request.get("/api/migrations/" + job + "/rejects" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
