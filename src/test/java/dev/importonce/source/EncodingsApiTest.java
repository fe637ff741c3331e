package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that do not say their encoding. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class EncodingsApiTest {
    private static final String MAPPING =
            "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"firstName\":\"First Name\"}%s}";

    /** Estonian in windows-1252, Hungarian in windows-1250. */
    private static final byte[] EITHER =
            "Email,First Name\na1@either.example,Peep Võsu\n".getBytes(Charset.forName("windows-1252"));

    @ParameterizedTest
    @CsvSource({
        "pl-cp1250, a1@enc.example, Łukasz",
        "pl-cp1250, a2@enc.example, Małgorzata",
        "pl-cp1250, a5@enc.example, Grażyna",
        "hu-cp1250, a1@enc.example, Győző Kovács",
        "hu-cp1250, a2@enc.example, Erzsébet Tóth",
        "enc_macroman, em1@a.example, René"
    })
    void names_are_read_as_their_owner_wrote_them(String file, String email, String name) {
        Imports.imported(Cases.file("07-encoding-guessed-wrong." + file + ".csv"), MAPPING.formatted(""));

        assertEquals(name, firstName(email));
    }

    @Test
    void utf_32_is_read_by_its_mark() {
        Imports.imported(
                Cases.file("25-double-gzip.enc_utf32_bom.csv"),
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"firstName\":\"First Name\"}}");

        assertEquals("Änn", firstName("ed1@a.example"));
    }

    @Test
    void rows_of_utf_8_beside_a_bad_one_are_read_as_nothing_else() {
        byte[] mixed = Cases.file("07-encoding-guessed-wrong.mixed_3_1.csv");
        int bad = mixed.length - 2;

        assertEquals((byte) 0xE9, mixed[bad]);
        Imports.run(mixed, MAPPING.formatted(""))
                .then()
                .statusCode(422)
                .body("type", endsWith("unreadable-file"))
                .body("detail", containsString("offset " + bad + " is not UTF-8"))
                .body("detail", not(containsString("looks like")));
    }

    @Test
    void both_readings_of_an_ambiguous_file_are_shown_not_imported() {
        preview(EITHER, MAPPING.formatted(""))
                .statusCode(200)
                .body("notices[0].code", equalTo("ambiguous-encoding"))
                .body("notices[0].candidates.encoding", hasItems("windows-1252", "windows-1250"))
                .body("notices[0].candidates.sample", hasItems("Peep Võsu", "Peep Vősu"));
        Imports.run(EITHER, MAPPING.formatted(""))
                .then()
                .statusCode(422)
                .body("type", endsWith("ambiguous-encoding"))
                .body("detail", containsString("format.encoding"))
                .body("errors.detail", hasItems("windows-1252: Peep Võsu", "windows-1250: Peep Vősu"));

        String named = MAPPING.formatted(",\"format\":{\"encoding\":\"windows-1250\"}");
        preview(EITHER, named).statusCode(200).body("notices", empty());
        Imports.imported(EITHER, named);
        assertEquals("Peep Vősu", firstName("a1@either.example"));
    }

    @Test
    void a_file_sent_ahead_waits_for_a_mapping_with_its_encoding() {
        String source = given().contentType("text/csv")
                .body(EITHER)
                .post("/api/sources")
                .then()
                .statusCode(oneOf(200, 201))
                .extract()
                .path("sourceId");
        String request = "{\"sourceId\":\"%s\",\"mapping\":%s}";

        given().contentType("application/json")
                .body(request.formatted(source, MAPPING.formatted("")))
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("type", endsWith("ambiguous-encoding"))
                .body("errors.size()", greaterThan(1));
        given().contentType("application/json")
                .body(request.formatted(source, MAPPING.formatted(",\"format\":{\"encoding\":\"windows-1252\"}")))
                .post("/api/migrations/run")
                .then()
                .statusCode(202);
    }

    @Test
    void a_likely_encoding_is_imported_and_preview_names_the_others() {
        preview(Cases.file("07-encoding-guessed-wrong.enc_macroman.csv"), MAPPING.formatted(""))
                .statusCode(200)
                .body("format.encoding", equalTo("x-MacRoman"))
                .body("sampleRows[0][1]", equalTo("René"))
                .body("notices[0].code", equalTo("encoding-guessed"))
                .body("notices[0].candidates.encoding", hasItem("x-MacRoman"));
        preview(Cases.file("07-encoding-guessed-wrong.pl-cp1250.csv"), MAPPING.formatted(""))
                .statusCode(200)
                .body("notices", empty());
    }

    @Test
    void letters_far_behind_the_first_rows_count() {
        String rows = "a%d@far.example,Jürgen Müller\n";
        StringBuilder file = new StringBuilder("Email,First Name\n");
        for (int i = 0; file.length() < 2 * Sample.BYTES; i++) file.append(rows.formatted(i));
        file.append("z1@far.example,Małgorzata\nz2@far.example,Łukasz\nz3@far.example,Paweł\nz4@far.example,Wójcik\n");
        Imports.imported(file.toString().getBytes(Charset.forName("windows-1250")), MAPPING.formatted(""));

        assertEquals("Łukasz", firstName("z2@far.example"));
        assertEquals("Jürgen Müller", firstName("a7@far.example"));
    }

    private static ValidatableResponse preview(byte[] file, String mapping) {
        return Imports.request(file, mapping).post("/api/migrations/preview").then();
    }

    private static String firstName(String email) {
        return given().queryParam("email", email).get("/api/contacts").path("items[0].firstName");
    }
}
