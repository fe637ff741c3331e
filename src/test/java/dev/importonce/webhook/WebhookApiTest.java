package dev.importonce.webhook;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import dev.importonce.fixture.WebhookStub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver is told, and when. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = WebhookStub.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(FastTimeout.class)
@Timeout(120)
class WebhookApiTest {
    private static final String STRANGER = "whsec_YSBzZWNyZXQgb2Ygc29tZWJvZHkgZWxzZSwgMzIgYnl0ZXM=";

    Database database;
    WebhookStub receiver;

    @BeforeEach
    void nothing_to_tell() {
        database.update("truncate migration_jobs cascade");
        database.update("truncate send_queue, sent_messages, send_rates, webhook_events");
        receiver.reset();
    }

    @Test
    void a_completed_import_is_told_as_its_endpoint_shows_it() {
        String job = Webhooks.completed();
        assertEquals(List.of(), receiver.arrived());

        assertEquals(
                Map.of("claimed", 1, "processed", 1, "failed", 0, "remaining", 0),
                Webhooks.work("webhooks").getMap(""));

        WebhookStub.Arrived told = receiver.arrived().get(0);
        JsonPath body = JsonPath.from(told.body());
        assertEquals("POST /hooks?from=importonce HTTP/1.1", told.line());
        assertEquals("application/json", told.headers().get("content-type"));
        assertTrue(told.headers().get("host").startsWith("localhost:"), told::toString);
        assertEquals(
                List.of("type", "timestamp", "data"),
                List.copyOf(body.getMap("").keySet()));
        assertEquals("import.completed", body.getString("type"));
        assertEquals(Imports.job(job).getMap(""), body.getMap("data"));
        JsonPath delivery = Webhooks.newest();
        assertEquals(told.id(), delivery.getString("id"));
        assertEquals(job, delivery.getString("jobId"));
        assertNull(delivery.getString("messageId"));
        assertEquals("delivered", delivery.getString("state"));
        assertEquals(204, delivery.getInt("lastStatus"));
        assertEquals(1, delivery.getInt("attempts"));
        assertNotNull(delivery.getString("deliveredAt"));
        assertNull(delivery.getString("nextAttemptAt"));
    }

    @Test
    void every_end_of_a_job_is_told_once() {
        String cancelled = Webhooks.submitted(Imports.MAPPING);
        assertEquals(
                200, given().post("/api/migrations/" + cancelled + "/cancel").statusCode());
        assertEquals(
                409, given().post("/api/migrations/" + cancelled + "/cancel").statusCode());
        String failed = Webhooks.submitted(Imports.MAPPING);
        database.update("update import_chunks set deaths = 10, deaths_alone = 8 where job_id = ?::uuid", failed);
        String undone = Webhooks.submitted(Undos.MAPPING);
        Webhooks.work("imports");
        assertEquals(202, Undos.ask(undone).statusCode());
        Webhooks.work("imports");

        Webhooks.work("webhooks");

        assertEquals(
                Set.of(
                        List.of("import.cancelled", cancelled, "cancelled"),
                        List.of("import.failed", failed, "failed"),
                        List.of("import.completed", undone, "completed"),
                        List.of("import.undone", undone, "completed")),
                told());
        JsonPath undo = JsonPath.from(receiver.arrived().stream()
                .map(WebhookStub.Arrived::body)
                .filter(body -> body.contains("import.undone"))
                .findFirst()
                .orElseThrow());
        assertEquals(Imports.job(undone).getMap(""), undo.getMap("data"));
        assertEquals(4, receiver.arrived().size());
    }

    /** As a browser of a Supabase project does. */
    @Test
    void a_job_that_is_cancelled_in_the_database_is_told_too() {
        String job = Webhooks.submitted(Imports.MAPPING);
        String user = Imports.job(job).getString("userId");
        String cancel =
                "select cancel_migration(?::uuid) from (select set_config('request.jwt.claims', ?, false) offset 0) c";
        for (int i = 0; i < 2; i++)
            database.rows(cancel, job, "{\"sub\": \"" + user + "\", \"role\": \"authenticated\"}");

        Webhooks.work("webhooks");

        assertEquals(Set.of(List.of("import.cancelled", job, "cancelled")), told());
        assertEquals(
                Imports.job(job).getMap(""),
                JsonPath.from(receiver.arrived().get(0).body()).getMap("data"));
    }

    @Test
    void a_message_is_told_each_time_that_it_becomes_unknown() {
        String message = given().contentType("application/json")
                .body(Map.of(
                        "items",
                        List.of(Map.of(
                                "campaignId", "c", "prospectId", "p", "step", 1, "channel", "drops", "body", "Hello"))))
                .post("/api/send-queue")
                .path("items[0].id");
        Webhooks.work("send-queue");
        Webhooks.work("webhooks");
        assertEquals(
                200,
                given().contentType("application/json")
                        .body(Map.of("outcome", "resend"))
                        .post("/api/send-queue/" + message + "/resolve")
                        .statusCode());
        Webhooks.work("send-queue");
        Webhooks.work("webhooks");

        assertEquals(2, receiver.arrived().size());
        JsonPath body = JsonPath.from(receiver.arrived().get(1).body());
        assertEquals("message.unknown", body.getString("type"));
        assertEquals(given().get("/api/send-queue/" + message).jsonPath().getMap(""), body.getMap("data"));
        assertFalse(
                receiver.arrived().get(0).id().equals(receiver.arrived().get(1).id()));
        assertEquals(message, Webhooks.newest().getString("messageId"));
    }

    @Test
    void the_long_parts_of_a_job_are_left_out_of_a_large_body() {
        String job = Webhooks.submitted(Imports.MAPPING);
        database.update(
                "update migration_jobs set mapping = mapping || jsonb_build_object('padding', repeat('x', 21000)) where id = ?::uuid",
                job);
        given().post("/api/migrations/" + job + "/cancel").then().statusCode(200);

        Webhooks.work("webhooks");

        Map<String, Object> shown = Imports.job(job).getMap("");
        assertNotNull(shown.remove("mapping"));
        assertEquals(shown, JsonPath.from(receiver.arrived().get(0).body()).getMap("data"));
    }

    /** Both secrets of a change, whichever the receiver knows, and no other. */
    @Test
    void the_library_of_standard_webhooks_verifies_it() throws IOException {
        Webhooks.completed();
        String german = Webhooks.submitted(Imports.MAPPING);
        database.update("update migration_jobs set file_name = 'Kontakte Köln ✓.csv' where id = ?::uuid", german);
        given().post("/api/migrations/" + german + "/cancel").then().statusCode(200);
        Webhooks.work("webhooks");
        assertEquals(2, receiver.arrived().size());
        Path file = Files.createTempFile("importonce-webhooks", ".json");
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        Map.of("secrets", WebhookStub.SECRETS, "stranger", STRANGER, "arrived", receiver.arrived()));

        assertTrue(Node.passes("node", "webhook.mjs", file.toString()).output().contains("ok 2 verified"));

        Files.delete(file);
    }

    @Test
    void operators_list_events_and_have_them_sent_again() {
        for (int i = 0; i < 3; i++) Webhooks.completed();
        JsonPath first = given().get("/api/webhooks/deliveries?limit=2").jsonPath();
        JsonPath second = given().queryParam("cursor", first.getString("nextCursor"))
                .get("/api/webhooks/deliveries")
                .jsonPath();
        assertEquals(2, first.getList("items").size());
        assertEquals(1, second.getList("items").size());
        String id = second.getString("items[0].id");
        assertEquals(409, Webhooks.resend(id).statusCode());
        assertEquals(404, Webhooks.resend(UUID.randomUUID().toString()).statusCode());
        assertEquals(404, Webhooks.resend("x").statusCode());
        assertEquals(422, given().get("/api/webhooks/deliveries?state=lost").statusCode());
        Webhooks.work("webhooks");

        assertEquals(
                "pending", Webhooks.resend(id).then().statusCode(200).extract().path("state"));
        assertEquals(
                List.of(id),
                given().get("/api/webhooks/deliveries?state=pending").jsonPath().getList("items.id"));
        Webhooks.work("webhooks");

        List<WebhookStub.Arrived> same =
                receiver.arrived().stream().filter(one -> one.id().equals(id)).toList();
        assertEquals(2, same.size());
        assertEquals(same.get(0).body(), same.get(1).body());
    }

    private Set<List<String>> told() {
        return receiver.arrived().stream()
                .map(one -> JsonPath.from(one.body()))
                .map(body ->
                        List.of(body.getString("type"), body.getString("data.jobId"), body.getString("data.status")))
                .collect(Collectors.toSet());
    }
}
