package dev.importonce.send;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The send queue over HTTP, with a provider that does whatever providers do. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(NoWorkers.class)
@Timeout(60)
class SendQueueApiTest {
    Database database;
    ProviderStub provider;

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
    }

    /** A later version may have more of them. */
    @Test
    void a_state_that_this_version_does_not_know_is_left_alone() {
        String id = Messages.enqueued(Messages.to("spring", "ann", "messenger"));
        database.update("alter table send_queue drop constraint send_queue_status, drop constraint send_queue_due");
        try {
            database.update("update send_queue set status = 'paused', due_at = null, turn = null");

            assertEquals("processing", Messages.get(id).path("status"));
            assertEquals(200, given().get("/api/send-queue").statusCode());
            assertEquals(
                    "processing",
                    Messages.post(List.of(Messages.to("spring", "ann", "messenger")))
                            .path("items[0].status"));
            workAll();
            assertEquals(1, database.count("select count(*) from send_queue where status = 'paused'"));
        } finally {
            database.update("delete from send_queue");
            database.update("""
                    alter table send_queue
                        add constraint send_queue_status check (status in ('pending', 'processing', 'sent', 'failed', 'unknown')),
                        add constraint send_queue_due check ((due_at is not null) = (status in ('pending', 'processing')))
                    """);
        }
    }

    @Test
    void a_message_goes_out_once_with_everything_the_provider_needs() {
        String id = Messages.enqueued(Messages.to("spring", "ann", "messenger"));
        assertEquals("pending", Messages.get(id).path("status"));

        workAll();

        JsonPath sent = Messages.get(id).jsonPath();
        assertEquals("sent", sent.getString("status"));
        assertNotNull(sent.getString("sentAt"));
        assertEquals(1, sent.getInt("attempts"));
        ProviderStub.Arrived arrived = provider.arrived().stream()
                .filter(one -> id.equals(one.headers().get("idempotency-key")))
                .findFirst()
                .orElseThrow();
        assertEquals("POST /api/v1/chats HTTP/1.1", arrived.line());
        assertEquals("the provider's key", arrived.headers().get("x-api-key"));
        assertEquals(
                Map.of(
                        "channel",
                        "messenger",
                        "campaignId",
                        "spring",
                        "prospectId",
                        "ann",
                        "step",
                        1,
                        "body",
                        "Hello, Ann."),
                JsonPath.from(arrived.body()).getMap(""));
        assertEquals(1, database.count("select count(*) from sent_messages where item_id = ?::uuid", id));
    }

    @Test
    void the_same_message_enqueued_again_is_the_one_that_is_there() {
        Map<String, Object> message = Messages.on("messenger");
        JsonPath first = Messages.post(List.of(message, Messages.on("messenger"), message))
                .jsonPath();
        assertEquals(List.of(true, true, false), first.getList("items.created"));
        assertEquals(first.getString("items[0].id"), first.getString("items[2].id"));
        assertNotEquals(first.getString("items[0].id"), first.getString("items[1].id"));
        workAll();

        JsonPath again = Messages.post(List.of(message)).jsonPath();

        assertEquals(List.of(false), again.getList("items.created"));
        assertEquals("sent", again.getString("items[0].status"));
        assertEquals(first.getString("items[0].id"), again.getString("items[0].id"));
        workAll();
        assertEquals(1, provider.times(first.getString("items[0].id")));
    }

    @Test
    void many_callers_that_enqueue_the_same_messages_make_each_once() {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < 50; i++) messages.add(Messages.to("at-once", "prospect-" + i, "messenger"));
        List<CompletableFuture<Response>> calls = IntStream.range(0, 20)
                .mapToObj(i -> {
                    List<Map<String, Object>> shuffled = new ArrayList<>(messages);
                    java.util.Collections.shuffle(shuffled, new java.util.Random(i));
                    return CompletableFuture.supplyAsync(() -> Messages.post(shuffled));
                })
                .toList();

        int created = 0;
        for (CompletableFuture<Response> call : calls) {
            assertEquals(200, call.join().statusCode(), call.join().asString());
            created += (int) call.join().jsonPath().getList("items.created").stream()
                    .filter(Boolean.TRUE::equals)
                    .count();
        }

        assertEquals(50, created);
        assertEquals(50, database.count("select count(*) from send_queue"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, sent, 1",
        "201, sent, 1",
        "400, failed, 1",
        "404, failed, 1",
        "500, unknown, 1",
        "502, unknown, 1",
        "drops, unknown, 1",
        "breaks-off, unknown, 1",
        "redirects, failed, 1",
        "busy-once, sent, 2",
        "busy-six-times, sent, 7",
        "warns-once, sent, 2",
        "warns-once-with-wait, sent, 2",
        "always-busy, failed, 5",
    })
    void what_the_provider_does_decides(String behaviour, String status, int arrivals) {
        String id = Messages.enqueued(Messages.on(behaviour));

        untilEnded(id);

        assertEquals(status, Messages.get(id).path("status"));
        assertEquals(arrivals, provider.times(id));
        if (!status.equals("sent")) assertNotNull(Messages.get(id).path("error"));
        assertEquals(
                status.equals("sent") ? 1 : 0,
                database.count("select count(*) from sent_messages where item_id = ?::uuid", id));
    }

    @Test
    void a_provider_that_never_answers_leaves_the_message_in_doubt() {
        String id = Messages.enqueued(Messages.on("hangs"));

        workAll();

        assertEquals("unknown", Messages.get(id).path("status"));
        workAll();
        assertEquals(1, provider.times(id));
    }

    @Test
    void a_wait_the_provider_asks_for_delays_and_does_not_count() {
        String id = Messages.enqueued(Messages.on("warns-once-with-wait"));

        Messages.work(1);

        JsonPath waiting = Messages.get(id).jsonPath();
        assertEquals("pending", waiting.getString("status"));
        assertEquals(0, waiting.getInt("attempts"));
        assertEquals(
                1,
                database.count(
                        "select count(*) from send_queue where id = ?::uuid and due_at = scheduled_for and due_at > updated_at",
                        id));
    }

    @Test
    void a_message_is_not_sent_before_its_time() {
        Map<String, Object> later = new HashMap<>(Messages.on("messenger"));
        later.put("scheduledFor", "2999-01-01T00:00:00+01:00");
        String id = Messages.enqueued(later);

        workAll();

        assertEquals("pending", Messages.get(id).path("status"));
        assertEquals("2998-12-31T23:00:00Z", Messages.get(id).path("scheduledFor"));
        assertEquals(0, provider.times(id));
    }

    @Test
    void workers_that_claim_at_the_same_time_get_different_messages() {
        for (int i = 0; i < 100; i++) Messages.enqueued(Messages.on("messenger"));

        List<CompletableFuture<Void>> runs = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.runAsync(SendQueueApiTest::workAll))
                .toList();
        runs.forEach(CompletableFuture::join);

        assertEquals(100, database.count("select count(*) from send_queue where status = 'sent' and attempts = 1"));
        assertEquals(100, database.count("select count(*) from sent_messages"));
    }

    @Test
    void a_person_says_what_became_of_a_message_in_doubt() {
        String sent = Messages.enqueued(Messages.on("500"));
        String again = Messages.enqueued(Messages.on("500"));
        workAll();

        Response resolved = Messages.resolve(sent, "sent");
        assertEquals(200, resolved.statusCode());
        assertEquals("sent", resolved.path("status"));
        assertEquals("pending", Messages.resolve(again, "resend").path("status"));
        assertEquals(409, Messages.resolve(sent, "resend").statusCode());
        assertEquals(409, Messages.resolve(again, "sent").statusCode());
        workAll();

        assertEquals(1, provider.times(sent));
        assertEquals(2, provider.times(again));
        assertEquals(1, database.count("select count(*) from sent_messages where item_id = ?::uuid", sent));
    }

    @Test
    void the_list_is_newest_first_and_can_be_narrowed() {
        String first = Messages.enqueued(Messages.to("a", "ann", "400"));
        workAll();
        String second = Messages.enqueued(Messages.to("a", "bob", "messenger"));
        String third = Messages.enqueued(Messages.to("b", "ann", "messenger"));

        assertEquals(List.of(third, second, first), ids("/api/send-queue"));
        assertEquals(List.of(second, first), ids("/api/send-queue?campaignId=a"));
        assertEquals(List.of(first), ids("/api/send-queue?status=failed"));
        Response page = given().get("/api/send-queue?limit=2");
        assertEquals(List.of(third, second), page.path("items.id"));
        Response rest = given().get("/api/send-queue?limit=2&cursor=" + page.path("nextCursor"));
        assertEquals(List.of(first), rest.path("items.id"));
        assertNull(rest.path("nextCursor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\":[]}",
                "{\"items\":[{}]}",
                "{\"items\":[7]}",
                "{\"items\":[{\"campaignId\":\"a\\u0000\",\"prospectId\":\"b\",\"step\":1,\"channel\":\"c\",\"body\":\"d\"}]}",
                "{\"items\":[{\"campaignId\":\"\\ud800\",\"prospectId\":\"b\",\"step\":1,\"channel\":\"c\",\"body\":\"d\"}]}",
                "{\"items\":[{\"campaignId\":\"a\",\"prospectId\":\"b\",\"step\":1.5,\"channel\":\"c\",\"body\":\"d\"}]}",
                "{\"items\":[{\"campaignId\":\"a\",\"prospectId\":\"b\",\"step\":1,\"channel\":\"c\",\"body\":\"d\",\"scheduledFor\":\"soon\"}]}",
                "{\"items\":[{\"campaignId\":\"a\",\"prospectId\":\"b\",\"step\":1,\"channel\":\"c\",\"body\":\"d\",\"colour\":\"red\"}]}"
            })
    void items_that_are_not_valid_are_named_and_nothing_is_enqueued(String body) {
        Response refused = given().contentType("application/json").body(body).post("/api/send-queue");

        assertEquals(422, refused.statusCode());
        assertEquals("application/problem+json", refused.contentType());
        assertEquals(0, database.count("select count(*) from send_queue"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"items\":[],\"items\":[]}", "{\"items\":{}}"})
    void bodies_that_are_no_queue_are_malformed(String body) {
        assertEquals(
                400,
                given().contentType("application/json")
                        .body(body)
                        .post("/api/send-queue")
                        .statusCode());
    }

    @Test
    void unknown_messages_and_outcomes_are_refused() {
        assertEquals(404, Messages.get(UUID.randomUUID().toString()).statusCode());
        assertEquals(404, Messages.get("no-uuid").statusCode());
        String id = Messages.enqueued(Messages.on("messenger"));
        assertEquals(422, Messages.resolve(id, "lost").statusCode());
        assertEquals(422, given().get("/api/send-queue?status=lost").statusCode());
        assertEquals(422, given().get("/api/send-queue?cursor=lost").statusCode());
    }

    private static List<String> ids(String address) {
        return given().get(address).path("items.id");
    }

    private static void workAll() {
        while (Messages.work(10) > 0) Thread.onSpinWait();
    }

    /** Works, and moves the time of what waits, until the message is not pending any more. */
    private void untilEnded(String id) {
        for (int i = 0; i < 20 && Messages.get(id).path("status").equals("pending"); i++) {
            database.update("update send_queue set due_at = now() where status = 'pending'");
            workAll();
        }
        assertTrue(!Messages.get(id).path("status").equals("pending"), "still pending");
    }
}
