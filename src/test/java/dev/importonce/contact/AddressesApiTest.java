package dev.importonce.contact;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Addresses as people and programs write them, in files as they were reported. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class AddressesApiTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    private static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "Email", "firstName": "%s"}}
            """;

    @Test
    void a_byte_order_mark_before_or_after_an_address_is_removed() throws IOException {
        imports("03-email-invisible-characters.bom_in_cell_email.csv", 2);
        assertStored("bc1@a.example", "Ann");
        assertStored("bc2@a.example", "Bo");
        imports("03-email-invisible-characters.bom_middle_concat.csv", 2);
        assertStored("bm1@a.example", "Ann");
        assertStored("bm2@a.example", "Bo");
    }

    @Test
    void one_person_written_in_many_ways_is_one_contact() throws IOException {
        List<String> rejects = imports("03-email-invisible-characters.dup_person_dirty.csv", 1);
        assertStored("dp@a.example", "Ann6");
        assertRejects(
                rejects, "\u201cdp@a.example\" is not an e-mail address: it has a quotation mark, \u201c (U+201C).");
    }

    @Test
    void a_link_and_a_name_are_taken_off() throws IOException {
        List<String> rejects = imports("04-email-mailto.csv", 6);
        for (int n : new int[] {1, 2, 3, 4, 5, 7}) assertStored("mt" + n + "@a.example", "N" + (n - 1));
        assertRejects(
                rejects,
                "mt6@a.example (Ann)\" is not an e-mail address: it has white space or a control character, U+0020.",
                "has more than one e-mail address: leave one in this column, move the others to another.");
    }

    @Test
    void what_no_domain_has_is_refused_and_named() throws IOException {
        assertRejects(
                imports("05-email-smart-quotes.email_domain_weird.csv", 0),
                "it has a quotation mark, \u2019 (U+2019).",
                "its domain has the character \u2013 (U+2013), which no domain may have.",
                "its domain has the character \u20ac (U+20AC), which no domain may have.",
                "its domain has the character \u2603 (U+2603), which no domain may have.",
                "its domain has the character \u00ae (U+00AE), which no domain may have.",
                "its domain has the character \ud83d\udca9 (U+1F4A9), which no domain may have.",
                "its domain is not valid.",
                "its domain is not valid.");
    }

    @Test
    void quotation_marks_of_any_kind_at_both_ends_are_removed() throws IOException {
        List<String> rejects = imports("05-email-smart-quotes.email_smart_quotes_only.csv", 7);
        for (int n : new int[] {1, 2, 3, 4, 5, 6, 8}) assertStored("sq" + n + "@a.example", "N" + (n - 1));
        assertRejects(rejects, "sq7@a.example.\" is not an e-mail address: its domain is not valid.");
    }

    @Test
    void white_space_is_trimmed_and_refused_inside() throws IOException {
        List<String> rejects = imports("35-two-addresses.email_spaces.csv", 5);
        for (int n = 1; n <= 5; n++) assertStored("sp" + n + "@a.example", "N" + (n - 1));
        assertRejects(
                rejects,
                "it has white space or a control character, U+0020.",
                "it has white space or a control character, U+0020.");
    }

    @Test
    void two_addresses_in_a_cell_are_refused_as_that() {
        String rows = """
                Email,First
                two1@a.example;two2@a.example,A
                two1@a.example ::: two2@a.example,B
                "two1@a.example, two2@a.example",C
                "two1@a.example
                two2@a.example",D
                Ann <two1@a.example>; Bo <two2@a.example>,E
                two1@a.example <two2@a.example>,F
                mailto:two1@a.example?cc=two2@a.example,G
                """;
        List<String> rejects = imports(rows.getBytes(StandardCharsets.UTF_8), "First", 0);
        assertEquals(7, rejects.size());
        for (String reject : rejects) assertTrue(reject.contains("has more than one e-mail address"), reject);
    }

    @Test
    void a_contact_is_found_by_its_address_however_that_is_written() {
        imports("Email,First\nfound@b\u00fccher.example,Ann\n".getBytes(StandardCharsets.UTF_8), "First", 1);
        for (String written : List.of(
                "found@xn--bcher-kva.example",
                "mailto:Found@B\u00dcCHER.example?subject=x",
                "\u200b\u201cFound@b\u00fccher.example\u201d",
                "Ann Lee <found@b\u00fccher.example>",
                "mailto:found%40b%C3%BCcher.example"))
            assertEquals(
                    List.of("Ann"),
                    given().queryParam("email", written).get("/api/contacts").path("items.firstName"),
                    written);
        given().queryParam("email", "found@b\u00fccher.example x")
                .get("/api/contacts")
                .then()
                .statusCode(200);
    }

    @Test
    void a_column_of_names_with_addresses_is_suggested_for_email() {
        String rows = """
                Nr,Kontakt
                1,"Lee, Ann <ann@a.example>"
                2,\u201cbo@a.example\u201d
                3,mailto:cy@a.example
                4,\u200bdi@a.example
                5,
                """;
        JsonPath preview = given().multiPart("file", "k.csv", rows.getBytes(StandardCharsets.UTF_8))
                .post("/api/migrations/preview")
                .jsonPath();
        assertEquals(Map.of("email", "Kontakt"), preview.getMap("suggestedMapping.fields"));
    }

    private static List<String> imports(String name, int inserted) throws IOException {
        byte[] file = Files.readAllBytes(CASES.resolve(name));
        return imports(file, name.contains("weird") ? "First" : "First Name", inserted);
    }

    /** The reasons of the rejected rows, in file order. Preview and import tell the same. */
    private static List<String> imports(byte[] file, String firstName, int inserted) {
        String mapping = MAPPING.formatted(firstName);
        JsonPath preview =
                Imports.request(file, mapping).post("/api/migrations/preview").jsonPath();
        JsonPath job = Imports.imported(file, mapping);
        assertEquals("completed", job.getString("status"), job::prettify);
        assertEquals(inserted, job.getInt("progress.inserted"), job::prettify);
        assertEquals(inserted, preview.getInt("summary.wouldInsert"), preview::prettify);
        List<String> reasons = preview.getList("rejects.reason");
        assertEquals(reasons.size(), job.getInt("progress.rejected"), job::prettify);
        return reasons;
    }

    private static void assertStored(String email, String firstName) {
        JsonPath contacts =
                given().queryParam("email", email).get("/api/contacts").jsonPath();
        assertEquals(List.of(email), contacts.getList("items.email"));
        assertEquals(List.of(firstName), contacts.getList("items.firstName"));
    }

    private static void assertRejects(List<String> rejects, String... ends) {
        assertEquals(ends.length, rejects.size(), rejects::toString);
        for (int i = 0; i < ends.length; i++) {
            String reject = rejects.get(i);
            assertTrue(reject.endsWith(ends[i]), reject);
        }
    }
}
