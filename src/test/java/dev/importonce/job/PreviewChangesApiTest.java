package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Declared;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a preview shows of single rows: what is stored and what would be, and which row replaces which. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PreviewChangesApiTest {
    Database database;

    @BeforeEach
    void nothing_is_stored() {
        database.update("truncate contacts, send_queue, sent_messages, send_rates");
        database.update("delete from chat_messages");
        database.update("delete from chats");
    }

    @Test
    void of_contacts_a_blank_is_told_from_nothing() {
        String mapping = """
                {"target": "contacts", "onBlank": "clear", "unmapped": "attributes",
                 "fields": {"email": "email", "firstName": "first", "company": "company"}}
                """;
        Imports.imported(
                Declared.csv("email,first,company,Note", "a@x.example,Ann,007,old", "b@x.example,Bob,,"), mapping);

        JsonPath preview = Imports.preview(
                Declared.csv(
                        "email,first,company,Note",
                        "c@x.example,C,,",
                        "a@x.example,,007,new",
                        "c@x.example,Cy,,",
                        "b@x.example,Bob,,"),
                mapping);

        assertEquals(List.of(Map.of("row", 2, "by", 4)), preview.getList("overridden"));
        assertEquals(List.of("updated", "inserted", "unchanged"), preview.getList("changes.outcome"));
        assertEquals(List.of(3, 4, 5), preview.getList("changes.row"));
        assertEquals(List.of("Ann", "null"), values(preview, 0, "firstName"));
        assertEquals(List.of("007", "007"), values(preview, 0, "company"));
        assertEquals(List.of("{\"Note\": \"old\"}", "{\"Note\": \"new\"}"), values(preview, 0, "attributes"));
        assertEquals(List.of("null", "Cy"), values(preview, 1, "firstName"));
        assertEquals(Map.of("email", "c@x.example"), preview.getMap("changes[1].key"));
    }

    @Test
    void of_skipped_contacts_the_stored_values_stay() {
        Imports.imported(Imports.csv("a@x.example,Ann,Lee"), Imports.MAPPING);
        JsonPath preview = Imports.preview(
                Imports.csv("a@x.example,Bob,Ray"),
                Imports.MAPPING.replace("{\"target\"", "{\"onExisting\": \"skip\", \"target\""));
        assertEquals(List.of("skipped"), preview.getList("changes.outcome"));
        assertEquals(List.of("Ann", "Ann"), values(preview, 0, "firstName"));
    }

    @Test
    void of_messages_and_chats_only_new_ones_change_anything() {
        String messages = """
                {"target": "messages", "fields": {"campaignId": "c", "prospectId": "p", "step": "s", "channel": "ch", "body": "b"}}
                """;
        Imports.imported(Declared.csv("c,p,s,ch,b", "spring,ann,1,mail,Hello"), messages);
        JsonPath preview = Imports.preview(
                Declared.csv("c,p,s,ch,b", "spring,ann,1,mail,Other", "spring,bob,1,mail,One", "spring,bob,1,mail,Two"),
                messages);
        assertEquals(List.of("unchanged", "inserted"), preview.getList("changes.outcome"));
        assertEquals(List.of("Hello", "Hello"), values(preview, 0, "body"));
        assertEquals(List.of("null", "Two"), values(preview, 1, "body"));
        assertEquals(List.of(Map.of("row", 3, "by", 4)), preview.getList("overridden"));

        String chats = "{\"target\": \"chats\", \"fields\": {\"participant1\": \"a\", \"participant2\": \"b\"}}";
        preview = Imports.preview(Declared.csv("a,b", "x,y", "y,x", "x,z"), chats);
        assertEquals(List.of("inserted", "inserted"), preview.getList("changes.outcome"));
        assertEquals(List.of(Map.of("row", 2, "by", 3)), preview.getList("overridden"));
    }

    private static List<String> values(JsonPath preview, int place, String field) {
        return preview.<Object>getList("changes[" + place + "].fields." + field).stream()
                .map(String::valueOf)
                .toList();
    }
}
