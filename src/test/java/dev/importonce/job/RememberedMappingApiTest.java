package dev.importonce.job;

import static dev.importonce.fixture.Declared.csv;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Declared;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was used last for the same columns is suggested for the next file that has them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class RememberedMappingApiTest {
    /** As nobody would guess: the first name is in the column of the last name. */
    private static final String ODD = """
            {"target": "contacts", "fields": {"email": "Kundenmail", "firstName": "Nachname"}, "unmapped": "attributes",
             "onExisting": "fill", "onBlank": "keep", "values": {"firstName": {"NULL": ""}},
             "format": {"type": "csv", "delimiter": ",", "encoding": "UTF-8"}}
            """;

    private static final String BULBS = """
            {"name": "bulbs", "table": "shop.bulbs", "owner": {"organisation": "org_id"}, "key": ["sku"],
             "fields": [
               {"name": "sku", "column": "sku", "type": "text"},
               {"name": "price", "column": "price", "type": "decimal"},
               {"name": "name", "column": "name", "type": "text"}]}
            """;

    Database database;

    @BeforeEach
    void nothing_is_remembered() {
        database.update("truncate remembered_mappings");
        database.update("drop schema if exists shop cascade");
        database.update("create schema shop");
        database.update("""
                create table shop.bulbs (org_id uuid not null, sku text not null, price numeric, name text, unique (org_id, sku))
                """);
    }

    @AfterEach
    void no_target_is_left() {
        database.update("delete from import_targets");
        database.update("drop schema shop cascade");
    }

    @Test
    void a_mapping_is_suggested_as_it_was_used_last() {
        byte[] file = csv("Kundenmail,Vorname,Nachname,Notiz", "a@memory.example,Ann,NULL,x");
        assertFalse(look(file).getBoolean("remembered"));
        assertEquals("Vorname", look(file).getString("suggestedMapping.fields.firstName"));
        Imports.imported(file, ODD);

        // In another order, in other case, with white space, in another format.
        JsonPath preview = look(csv("NOTIZ; kundenmail ;Nachname;Vorname", "y;b@memory.example;NULL;Bob"));

        assertTrue(preview.getBoolean("remembered"));
        assertEquals(
                Map.of(
                        "target", "contacts",
                        "fields", Map.of("email", "kundenmail", "firstName", "Nachname"),
                        "unmapped", "attributes",
                        "onExisting", "fill",
                        "onBlank", "keep",
                        "undoable", false,
                        "values", Map.of("firstName", Map.of("NULL", ""))),
                preview.getMap("suggestedMapping"));
        assertEquals(
                preview.getMap("suggestedMapping"),
                preview.getMap("suggestedMappings.find { it.target == 'contacts' }"));
    }

    @Test
    void the_suggestion_can_be_sent_as_it_is() {
        Imports.imported(csv("Kundenmail,Vorname,Nachname", "a@sent.example,Ann,NULL"), ODD);
        byte[] next = csv("Kundenmail,Vorname,Nachname", "b@sent.example,Bob,NULL");

        String suggested = given().multiPart("file", "next.csv", next)
                .post("/api/migrations/preview")
                .then()
                .extract()
                .asString();
        String mapping = suggested.replaceFirst(".*\"suggestedMapping\":(\\{.*?}),\"remembered\".*", "$1");
        JsonPath preview = Imports.preview(next, mapping);

        assertEquals(1, preview.getInt("summary.wouldInsert"));
        assertTrue(preview.getBoolean("remembered"));
        assertEquals("Nachname", preview.getString("suggestedMapping.fields.firstName"));
        assertEquals("completed", Imports.imported(next, mapping).getString("status"));
    }

    @Test
    void other_columns_are_not_the_same() {
        Imports.imported(csv("Kundenmail,Vorname,Nachname", "a@other.example,Ann,Lee"), ODD);

        for (String header : List.of("Kundenmail,Vorname", "Kundenmail,Vorname,Nachname,Nachname"))
            assertFalse(look(csv(header, "b@other.example,Bob")).getBoolean("remembered"), header);
    }

    @Test
    void the_last_of_two_mappings_is_the_one_suggested() {
        Imports.imported(csv("Kundenmail,Vorname,Nachname", "a@last.example,Ann,Lee"), ODD);
        Imports.imported(
                csv("Kundenmail,Vorname,Nachname", "b@last.example,Bob,Ray"),
                "{\"target\": \"contacts\", \"fields\": {\"email\": \"kundenmail\", \"company\": \"Vorname\"}}");

        JsonPath preview = look(csv("Kundenmail,Vorname,Nachname", "c@last.example,Cy,Fox"));

        assertEquals(Map.of("email", "Kundenmail", "company", "Vorname"), preview.getMap("suggestedMapping.fields"));
        assertNull(preview.get("suggestedMapping.values"));
        assertEquals(1, database.count("select count(*) from remembered_mappings"));
    }

    @Test
    void each_target_has_its_own_and_the_last_one_comes_first() {
        Imports.imported(
                csv("a,b,c", "x@each.example,ann,bob"), "{\"target\": \"contacts\", \"fields\": {\"email\": \"a\"}}");
        Imports.imported(
                csv("a,b,c", "y@each.example,ann,bob"),
                "{\"target\": \"chats\", \"fields\": {\"participant1\": \"c\", \"participant2\": \"b\"}}");
        byte[] next = csv("a,b,c", "z@each.example,ann,cy");

        JsonPath preview = look(next);
        assertEquals(List.of("chats", "contacts", "messages"), preview.getList("suggestedMappings.target"));
        assertEquals(Map.of("participant1", "c", "participant2", "b"), preview.getMap("suggestedMapping.fields"));
        assertEquals(Map.of("email", "a"), preview.getMap("suggestedMappings[1].fields"));

        JsonPath asked =
                Imports.preview(next, "{\"target\": \"contacts\", \"fields\": {\"email\": \"a\", \"company\": \"b\"}}");
        assertEquals(List.of("contacts"), asked.getList("suggestedMappings.target"));
        assertEquals(Map.of("email", "a"), asked.getMap("suggestedMapping.fields"));
        assertTrue(asked.getBoolean("remembered"));
        asked = Imports.preview(
                csv("a,b,c", "q,ann,1"),
                "{\"target\": \"messages\", \"fields\": {\"campaignId\": \"a\", \"prospectId\": \"b\", \"step\": \"c\", \"channel\": \"b\", \"body\": \"a\"}}");
        assertFalse(asked.getBoolean("remembered"));
    }

    @Test
    void messages_are_remembered_too() {
        String mapping = """
                {"target": "messages", "fields": {"campaignId": "v", "prospectId": "w", "step": "x", "channel": "y", "body": "z"}}
                """;
        Imports.imported(csv("v,w,x,y,z", "spring,memo,1,mail,Hello"), mapping);

        JsonPath preview = look(csv("v,w,x,y,z", "spring,memo,2,mail,Hello"));

        assertEquals("messages", preview.getString("suggestedMapping.target"));
        assertEquals("z", preview.getString("suggestedMapping.fields.body"));
    }

    @Test
    void of_a_declared_target_only_what_still_fits_is_suggested() {
        Declared.put("bulbs", BULBS).then().statusCode(201);
        byte[] file = csv("sku,price,name", "b-1,1.50,red");
        Imports.imported(file, "{\"target\": \"bulbs\", \"fields\": {\"sku\": \"name\", \"name\": \"sku\"}}");
        assertEquals("bulbs", look(file).getString("suggestedMapping.target"));
        assertEquals(Map.of("sku", "name", "name", "sku"), look(file).getMap("suggestedMapping.fields"));

        Declared.put("bulbs", BULBS.replace("\"name\": \"name\"", "\"name\": \"title\""))
                .then()
                .statusCode(200);
        JsonPath other = look(file);
        assertFalse(other.getBoolean("remembered"));
        assertEquals("sku", other.getString("suggestedMappings.find { it.target == 'bulbs' }.fields.sku"));

        Declared.put("bulbs", BULBS).then().statusCode(200);
        assertTrue(look(file).getBoolean("remembered"));
        given().delete("/api/targets/bulbs").then().statusCode(204);
        assertFalse(look(file).getBoolean("remembered"));
        assertEquals(List.of("contacts", "chats", "messages"), look(file).getList("suggestedMappings.target"));
    }

    @Test
    void a_stored_mapping_that_cannot_be_read_is_passed_over() {
        byte[] file = csv("Kundenmail,Vorname,Nachname", "a@stored.example,Ann,Lee");
        Imports.imported(file, ODD);
        for (String mapping : List.of(
                "{}",
                "{\"target\": 7}",
                "{\"target\": \"contacts\", \"fields\": {\"email\": \"Kundenmail\"}, \"later\": true}",
                "{\"target\": \"contacts\", \"fields\": {\"email\": \"Postfach\"}}",
                "{\"target\": \"contacts\", \"fields\": {\"firstName\": \"Vorname\"}}")) {
            database.update("update remembered_mappings set mapping = ?::jsonb", mapping);
            JsonPath preview = look(file);
            assertFalse(preview.getBoolean("remembered"), mapping);
            assertEquals("Vorname", preview.getString("suggestedMapping.fields.firstName"), mapping);
        }
    }

    @Test
    void a_corrected_list_has_the_mapping_of_its_original() {
        String job = Imports.imported(
                        csv("Kundenmail,Vorname,=Name", "nobody,Ann,Lee"),
                        "{\"target\": \"contacts\", \"fields\": {\"email\": \"Kundenmail\", \"firstName\": \"=Name\"}}")
                .getString("jobId");
        byte[] rejects = given().get("/api/migrations/" + job + "/rejects").asByteArray();

        JsonPath preview = look(rejects);

        assertTrue(preview.getBoolean("remembered"), preview::prettify);
        assertEquals(Map.of("email", "Kundenmail", "firstName", "'=Name"), preview.getMap("suggestedMapping.fields"));
    }

    private static JsonPath look(byte[] file) {
        return given().multiPart("file", "file.csv", file)
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
