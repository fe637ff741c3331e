package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a request about chats. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ChatErrorsApiTest {
    private static final String MALFORMED = "malformed-request";
    private static final String INVALID = "invalid-parameter";
    private static final String NO_CHAT = "You have no chat with that id.";
    private static final String CANNOT_BE_USED =
            "This has a character that cannot be used: U+0000 or half a surrogate pair.";
    private static final String NOT_JSON = "The body is not valid JSON";

    Database database;

    @AfterEach
    void nothing_was_stored() {
        assertEquals(0, database.count("select count(*) from chats where participants && array['bad']"));
        assertEquals(0, database.count("select count(*) from chat_messages where body like '%bad%'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"participants\": [\"bad\", \"b\"] | at line 1, column 30",
                "{\"participants\": [\"bad\", \"b\"]} x | at line 1, column 32",
                "{\"participants\": [\"bad\", \"b\"], \"participants\": [\"bad\", \"c\"]} | at line 1, column 46: Duplicate field 'participants'",
                "{'participants': []} | at line 1, column 2",
            })
    void json_that_cannot_be_read_is_refused_with_its_place(String body, String place) {
        Refusal.of(create(body)).is(MALFORMED, NOT_JSON + " " + place + ".");
    }

    @Test
    void json_that_is_nested_too_deeply_is_refused() {
        Refusal.of(create("[".repeat(9) + "]".repeat(9)))
                .is(MALFORMED, NOT_JSON + ": it is nested too deeply, or a number or name in it is too long.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"text\"", "1", "[\"bad\", \"b\"]"})
    void a_body_that_is_no_object_is_refused(String body) {
        Refusal.of(create(body)).is(MALFORMED, "The body must be an object with participants.");
        Refusal.of(message(body)).is(MALFORMED, "The body must be an object with body.");
    }

    @Test
    void a_body_that_is_not_utf8_is_refused() {
        byte[] latin1 = "{\"participants\": [\"bad\", \"\u00e4\"]}".getBytes(StandardCharsets.ISO_8859_1);
        Refusal.of(Send.send(Send.request(Talk.CREATE_OR_GET)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(latin1))))
                .is(MALFORMED, "The body is not UTF-8 text.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"participants\": null}", "{\"participants\": \"bad\"}", "{\"participants\": {}}"})
    void participants_that_are_no_array_are_refused(String body) {
        Refusal.of(create(body))
                .is(INVALID, "The request cannot be used: participants must be an array of strings.")
                .faults("/participants: participants must be an array of strings.");
    }

    @Test
    void every_participant_that_cannot_be_one_is_named() {
        String body = "{\"participants\": [\"bad\", 1, \"\", null, \"" + "x".repeat(129)
                + "\", \"a\\u0000b\", \"\\ud83d\", {}, \"bad\"]}";
        Refusal.of(create(body))
                .is(INVALID, "The request cannot be used: This must be a string.")
                .faults(
                        "/participants/1: This must be a string.",
                        "/participants/2: A participant must have 1 to 128 characters; this one has 0.",
                        "/participants/3: This must be a string.",
                        "/participants/4: A participant must have 1 to 128 characters; this one has 129.",
                        "/participants/5: " + CANNOT_BE_USED,
                        "/participants/6: " + CANNOT_BE_USED,
                        "/participants/7: This must be a string.");
    }

    @Test
    void of_very_many_faults_the_first_are_named() {
        String body = "{\"participants\": [" + "1,".repeat(50_000) + "1]}";

        assertEquals(20, create(body).jsonPath().getList("errors").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 101, 1000})
    void too_few_or_too_many_different_participants_are_refused(int count) {
        String members = IntStream.range(0, count)
                .mapToObj(i -> "\"" + (i == 0 ? "bad" : i) + "\"")
                .collect(Collectors.joining(","));
        // Repeats do not count.
        String repeated = count == 0 ? "" : members + "," + members;
        String detail = "A chat has 2 to 100 different participants; these are " + count + ".";
        for (String list : List.of(members, repeated))
            Refusal.of(create("{\"participants\": [" + list + "]}"))
                    .is(INVALID, "The request cannot be used: " + detail)
                    .faults("/participants: " + detail);
    }

    @Test
    void an_unknown_property_is_refused() {
        Refusal.of(create("{\"participants\": [\"bad\", \"b\"], \"na/me\": \"x\"}"))
                .is(INVALID, "The request cannot be used: There is no such property; known is: participants.")
                .faults("/na~1me: There is no such property; known is: participants.");
        Refusal.of(message("{\"body\": \"bad\", \"sender\": \"x\"}"))
                .is(INVALID, "The request cannot be used: There is no such property; known is: body.")
                .faults("/sender: There is no such property; known is: body.");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        String large = "{\"participants\": [\"bad\"" + " ".repeat(300_000) + "]}";
        String detail = "The JSON is larger than 262144 bytes. Send less at once.";
        Refusal.of(create(large)).is("too-large", detail);
        Refusal.of(message("{\"body\": \"bad" + "x".repeat(300_000) + "\"}")).is("too-large", detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"})
    void a_body_of_another_type_is_refused(String type) {
        String body = Talk.body("bad", "b");
        for (String address : List.of(Talk.CREATE_OR_GET, "/api/chats/" + aChat() + "/messages"))
            Refusal.of(Send.send(
                            Send.request(address).header("Content-Type", type).POST(BodyPublishers.ofString(body))))
                    .is("unsupported-media-type", "Send another Content-Type.");
    }

    @Test
    void a_message_that_cannot_be_one_is_refused() {
        String notAString = "body must be a string.";
        for (String body : List.of("{}", "{\"body\": null}", "{\"body\": [\"bad\"]}", "{\"body\": 1}"))
            refusedMessage(body, notAString);
        refusedMessage("{\"body\": \"\"}", "A message has 1 to 10,000 characters; this one has 0.");
        refusedMessage(
                "{\"body\": \"bad" + "\ud83d\ude00".repeat(9_998) + "\"}",
                "A message has 1 to 10,000 characters; this one has 10001.");
        refusedMessage("{\"body\": \"bad\\u0000\"}", CANNOT_BE_USED);
        refusedMessage("{\"body\": \"bad\\ude00\\ud83d\"}", CANNOT_BE_USED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "1", "not-an-id", "%00", "..%2f", "1-1-1-1-1"})
    void a_chat_that_does_not_exist_is_not_found_by_any_call(String id) {
        String chat = "/api/chats/" + id;
        Refusal.of(Send.send(Send.request(chat))).is("not-found", NO_CHAT);
        Refusal.of(Send.send(Send.request(chat + "/messages"))).is("not-found", NO_CHAT);
        Refusal.of(Talk.sendMessage(id, "bad")).is("not-found", NO_CHAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no cursor",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z\nnot-an-id",
                "+1000000000-12-31T23:59:59Z\n00000000-0000-7000-8000-000000000000",
            })
    void a_cursor_that_we_did_not_make_is_refused(String position) {
        String cursor =
                Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
        Refusal.of(given().get("/api/chats/" + aChat() + "/messages?cursor=" + cursor))
                .is(INVALID, "cursor must be the nextCursor of an earlier answer, unchanged.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "ten"})
    void a_limit_outside_of_1_to_500_is_refused(String limit) {
        Refusal.of(given().get("/api/chats/" + aChat() + "/messages?limit=" + limit))
                .is(INVALID, "limit must be a number from 1 to 500.");
    }

    private static void refusedMessage(String body, String detail) {
        Refusal.of(message(body))
                .is(INVALID, "The request cannot be used: " + detail)
                .faults("/body: " + detail);
    }

    private static Response create(String body) {
        return given().contentType("application/json").body(body).post(Talk.CREATE_OR_GET);
    }

    private static Response message(String body) {
        return given().contentType("application/json").body(body).post("/api/chats/" + aChat() + "/messages");
    }

    private static String aChat() {
        return Talk.createOrGet("errors a", "errors b").path("chat.id");
    }
}
