package dev.importonce.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people see of chats that they are not in: nothing. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class ChatsOfOthersApiTest {
    private static final String NO_CHAT = "You have no chat with that id.";
    private static final String NAME_THE_USER = "A service_role token acts for nobody: name the user in X-User-Id.";

    private final String ann = UUID.randomUUID().toString();
    private final String bob = UUID.randomUUID().toString();
    private final String eve = UUID.randomUUID().toString();

    Database database;

    @Test
    void an_import_makes_only_its_importers_chats_and_hides_others() {
        Talk.createOrGet(as(ann), ann, bob);
        String mapping = "{\"target\": \"chats\", \"fields\": {\"participant1\": \"a\", \"participant2\": \"b\"}}";
        byte[] file = ("a,b\n" + ann + "," + bob + "\n" + eve + "," + bob + "\n").getBytes();

        String job = as(eve).multiPart("file", "chats.csv", file)
                .multiPart("mapping", mapping, "application/json")
                .post("/api/migrations/run")
                .path("jobId");
        long deadline = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(60);
        while (!as(eve).get("/api/migrations/" + job).path("status").equals("completed"))
            assertTrue(System.nanoTime() < deadline, "the job has not ended");

        assertEquals(1, (int) as(eve).get("/api/migrations/" + job).path("progress.inserted"));
        assertEquals(0, (int) as(eve).get("/api/migrations/" + job).path("progress.unchanged"));
        assertTrue(as(eve).get("/api/migrations/" + job + "/rejects")
                .asString()
                .contains("You are not one of the participants."));
    }

    @Test
    void both_of_a_chat_get_the_same_one_and_nobody_else_gets_it() {
        Response anns = Talk.createOrGet(as(ann), ann, bob);
        Response bobs = Talk.createOrGet(as(bob), bob, ann);

        assertEquals(201, anns.statusCode(), anns::asString);
        assertEquals(200, bobs.statusCode(), bobs::asString);
        assertEquals((String) anns.path("chat.id"), bobs.path("chat.id"));
        Refusal.of(Talk.createOrGet(as(eve), ann, bob)).is("forbidden", stranger(eve));
    }

    /** The two may belong to different organisations. */
    @Test
    void a_chat_is_one_over_all_organisations() {
        RequestSpecification ofOne = as(Jwt.of(UUID.fromString(ann))
                .with("app_metadata", Map.of("org_id", UUID.randomUUID().toString())));
        RequestSpecification ofAnother = as(Jwt.of(UUID.fromString(bob))
                .with("app_metadata", Map.of("org_id", UUID.randomUUID().toString())));

        assertEquals(
                (String) Talk.createOrGet(ofOne, ann, bob).path("chat.id"),
                Talk.createOrGet(ofAnother, bob, ann).path("chat.id"));
    }

    @Test
    void a_chat_that_one_is_not_in_is_not_found() {
        String chat = Talk.createOrGet(as(ann), ann, bob).path("chat.id");
        assertEquals(201, Talk.post(as(bob), chat, "hello").statusCode());

        for (String id : List.of(chat, UUID.randomUUID().toString()))
            for (int way = 0; way < 2; way++) {
                Refusal.of(stranger(way).get("/api/chats/" + id)).is("not-found", NO_CHAT);
                Refusal.of(stranger(way).get("/api/chats/" + id + "/messages")).is("not-found", NO_CHAT);
                Refusal.of(Talk.post(stranger(way), id, "hello")).is("not-found", NO_CHAT);
            }

        assertEquals(chat, as(ann).get("/api/chats/" + chat).path("id"));
        Response messages = as(ann).get("/api/chats/" + chat + "/messages");
        assertEquals(List.of("hello"), messages.path("items.body"));
        assertEquals(List.of(bob), messages.path("items.senderId"));
    }

    /** As herself, and as a service that acts for her. */
    private RequestSpecification stranger(int way) {
        return way == 0 ? as(eve) : as(Jwt.ofService()).header("X-User-Id", eve);
    }

    @Test
    void a_merged_chat_is_as_closed_to_strangers_as_the_kept_one() {
        String kept = Talk.createOrGet(as(ann), ann, bob).path("chat.id");
        UUID removed = UUID.randomUUID();
        database.update(
                "insert into chats (id, participants, merged_into) values (?, array[?, ?], ?::uuid)",
                removed,
                bob,
                ann,
                kept);

        assertEquals(kept, as(bob).get("/api/chats/" + removed).path("id"));
        assertEquals(kept, Talk.post(as(bob), removed, "hello").path("chatId"));
        Refusal.of(as(eve).get("/api/chats/" + removed)).is("not-found", NO_CHAT);
        Refusal.of(as(eve).get("/api/chats/" + removed + "/messages")).is("not-found", NO_CHAT);
        Refusal.of(Talk.post(as(eve), removed, "hello")).is("not-found", NO_CHAT);
    }

    @Test
    void an_old_chat_with_a_missing_participant_refuses_strangers() {
        UUID chat = UUID.randomUUID();
        database.update("insert into chats (id, participants) values (?, array[?, null])", chat, ann);

        assertEquals(List.of(ann), as(ann).get("/api/chats/" + chat).path("participants"));
        Refusal.of(as(eve).get("/api/chats/" + chat)).is("not-found", NO_CHAT);
        Refusal.of(Talk.post(as(eve), chat, "hello")).is("not-found", NO_CHAT);
    }

    @Test
    void a_user_is_the_participant_that_is_spelt_like_its_id_exactly() {
        Refusal.of(Talk.createOrGet(as(ann), ann.toUpperCase(java.util.Locale.ROOT), bob))
                .is("forbidden", stranger(ann));
    }

    @Test
    void a_token_of_the_local_user_opens_no_more_than_any_other() {
        String local = Caller.LOCAL_USER.toString();
        String chat = Talk.createOrGet(as(ann), ann, bob).path("chat.id");

        Refusal.of(Talk.createOrGet(as(local), ann, bob)).is("forbidden", stranger(local));
        Refusal.of(as(local).get("/api/chats/" + chat)).is("not-found", NO_CHAT);
    }

    @Test
    void a_service_reads_every_chat_and_sends_for_the_user_it_names() {
        String chat = Talk.createOrGet(as(Jwt.ofService()), ann, bob).path("chat.id");

        assertEquals(
                200,
                Talk.createOrGet(as(Jwt.ofService()).header("X-User-Id", eve), bob, ann)
                        .statusCode());
        assertEquals(chat, as(Jwt.ofService()).get("/api/chats/" + chat).path("id"));
        Refusal.of(Talk.post(as(Jwt.ofService()), chat, "hello")).is("forbidden", NAME_THE_USER);
        Response sent = Talk.post(as(Jwt.ofService()).header("X-User-Id", ann), chat, "hello");
        assertEquals(201, sent.statusCode(), sent::asString);
        assertEquals(ann, sent.path("senderId"));
        assertEquals(
                List.of("hello"),
                as(Jwt.ofService()).get("/api/chats/" + chat + "/messages").path("items.body"));
    }

    @Test
    void nobody_gets_anything_without_a_token() {
        String signIn = "Send an Authorization header with a bearer token.";
        Refusal.of(Talk.createOrGet(ann, bob)).is("unauthenticated", signIn);
        Refusal.of(given().get("/api/chats/" + ann)).is("unauthenticated", signIn);
        Refusal.of(given().get("/api/chats/" + ann + "/messages")).is("unauthenticated", signIn);
        Refusal.of(Talk.post(ann, "hello")).is("unauthenticated", signIn);
    }

    private static RequestSpecification as(String user) {
        return as(Jwt.of(UUID.fromString(user)));
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }

    private static String stranger(String user) {
        return "You can open only chats that you are in: " + user + " is no participant.";
    }
}
