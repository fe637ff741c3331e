package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages as the people of a chat see them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MessagesApiTest {
    private String chat;

    Database database;

    @BeforeEach
    void a_new_chat() {
        chat = Talk.createOrGet("UserA", UUID.randomUUID().toString()).path("chat.id");
    }

    @Test
    void a_message_is_answered_as_it_is_stored() {
        Response answer = Talk.post(chat, "Good morning");

        assertEquals(201, answer.statusCode(), answer::asString);
        assertEquals(
                Set.of("id", "chatId", "senderId", "body", "createdAt"),
                answer.jsonPath().getMap("").keySet());
        assertEquals(chat, answer.path("chatId"));
        assertEquals(Caller.LOCAL_USER.toString(), answer.path("senderId"));
        assertEquals("Good morning", answer.path("body"));
        assertNotNull(Instant.parse(answer.path("createdAt")));
        Response list = given().get("/api/chats/" + chat + "/messages");
        assertEquals(Set.of("items", "nextCursor"), list.jsonPath().getMap("").keySet());
        assertEquals(List.of(answer.jsonPath().getMap("")), list.path("items"));
        assertNull(list.path("nextCursor"));
    }

    @Test
    void a_chat_without_messages_has_an_empty_list() {
        assertEquals(List.of(), given().get("/api/chats/" + chat + "/messages").path("items"));
    }

    @Test
    void messages_come_newest_first_a_page_at_a_time() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sent.add("message " + i);
            Talk.post(chat, "message " + i);
        }
        // Several of the same moment, so that the id decides.
        database.update(
                "update chat_messages set created_at = '2026-01-01T00:00:00.000001Z' where chat_id = ?::uuid and body < 'message 4'",
                chat);
        Collections.reverse(sent);

        assertEquals(sent, pages(2));
        assertEquals(sent, pages(7));
        assertEquals(sent, pages(500));
    }

    @Test
    void a_message_may_have_ten_thousand_characters_of_any_kind() {
        String text = "\ud83d\ude00\n\t\u0001'\"\\".repeat(2_000).substring(0, 10_000);
        String emoji = "\ud83d\ude00".repeat(10_000);

        for (String body : List.of(text, emoji, " ")) {
            assertEquals(201, Talk.post(chat, body).statusCode());
            assertEquals(
                    body,
                    given().get("/api/chats/" + chat + "/messages?limit=1").path("items[0].body"));
        }
    }

    @Test
    void many_messages_at_once_all_arrive() throws Exception {
        Talk.atOnce(40, () -> {
            assertEquals(201, Talk.sendMessage(chat, "hello").statusCode());
            return null;
        });

        assertEquals(IntStream.range(0, 40).mapToObj(i -> "hello").toList(), pages(16));
    }

    private List<String> pages(int limit) {
        List<String> bodies = new ArrayList<>();
        String cursor = null;
        do {
            Response page = given().queryParam("limit", limit)
                    .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .get("/api/chats/" + chat + "/messages");
            assertEquals(200, page.statusCode(), page::asString);
            bodies.addAll(page.jsonPath().getList("items.body", String.class));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        return bodies;
    }
}
