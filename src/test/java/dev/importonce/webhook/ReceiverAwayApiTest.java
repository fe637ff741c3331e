package dev.importonce.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WebhookStub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that does not take what it is sent. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = WebhookStub.class, restrictToAnnotatedClass = true)
@TestProfile(FastTimeout.class)
@Timeout(120)
class ReceiverAwayApiTest {
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    Database database;
    WebhookStub receiver;

    @BeforeEach
    void nothing_to_tell() {
        database.update("truncate migration_jobs cascade");
        database.update("truncate webhook_events");
        receiver.reset();
    }

    @Test
    void a_receiver_that_is_away_for_an_hour_gets_it_afterwards() {
        receiver.answers(WebhookStub.status(503));
        Webhooks.completed();
        Duration away = Duration.ZERO;
        int attempts = 0;
        while (away.compareTo(Duration.ofHours(1)) < 0) {
            away = away.plus(attempt());
            attempts++;
        }
        assertEquals(4, attempts, "at once, and about 5 s, 5 min and 35 min later");
        assertEquals("pending", Webhooks.newest().getString("state"));
        receiver.answers(WebhookStub.status(200));

        attempt();

        assertEquals("delivered", Webhooks.newest().getString("state"));
        assertEquals(5, Webhooks.newest().getInt("attempts"));
        assertEquals(5, receiver.arrived().size());
        assertEquals(1, distinct(receiver).size(), "each the same id and the same bytes");
        assertNull(Webhooks.newest().getString("lastError"));
    }

    @Test
    void after_ten_attempts_in_three_days_it_is_listed_as_failed() {
        double before =
                Metrics.figure("importonce_webhooks_total{outcome=\"failed\"}").orElseThrow();
        receiver.answers(WebhookStub.status(500));
        Webhooks.completed();

        for (Duration planned : DELAYS) {
            Duration delay = attempt();
            assertTrue(delay.compareTo(planned.minusSeconds(2)) > 0, planned + " became " + delay);
            assertTrue(delay.toMillis() < planned.toMillis() * 1.1 + 1000, planned + " became " + delay);
        }
        attempt();

        JsonPath failed = Webhooks.newest();
        assertEquals("failed", failed.getString("state"));
        assertEquals(10, failed.getInt("attempts"));
        assertEquals(500, failed.getInt("lastStatus"));
        assertEquals("the receiver answered 500", failed.getString("lastError"));
        assertNull(failed.getString("nextAttemptAt"));
        assertEquals(0, Webhooks.work("webhooks").getInt("claimed"));
        assertEquals(
                before + 1,
                Metrics.figure("importonce_webhooks_total{outcome=\"failed\"}").orElseThrow());
    }

    @Test
    void a_receiver_that_is_gone_is_not_asked_again() {
        receiver.answers(WebhookStub.status(410));
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("failed", Webhooks.newest().getString("state"));
        assertEquals(410, Webhooks.newest().getInt("lastStatus"));
        assertEquals(1, receiver.arrived().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_not_followed(int status) {
        receiver.answers(WebhookStub.status(status, "Location: /elsewhere\r\n"));
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("pending", Webhooks.newest().getString("state"));
        assertEquals(status, Webhooks.newest().getInt("lastStatus"));
        assertEquals(1, receiver.arrived().size());
    }

    @Test
    void a_receiver_that_asks_to_wait_is_left_alone_for_that_time() {
        receiver.answers(WebhookStub.status(429, "Retry-After: 3600\r\n"));
        Webhooks.completed();
        assertTrue(attempt().compareTo(Duration.ofMinutes(59)) > 0);
        receiver.answers(WebhookStub.status(429, "Retry-After: 1\r\n"));
        assertTrue(attempt().compareTo(Duration.ofMinutes(4)) > 0, "never sooner than planned");
        receiver.answers(WebhookStub.status(503, "Retry-After: 9999999\r\n"));

        Duration delay = attempt();

        assertTrue(delay.compareTo(Duration.ofHours(23)) > 0, delay::toString);
        assertTrue(delay.compareTo(Duration.ofHours(27)) < 0, "no longer than a day: " + delay);
    }

    @Test
    void a_receiver_that_says_nothing_is_tried_again() {
        receiver.answers(receiver.hangs());
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("pending", Webhooks.newest().getString("state"));
        assertEquals("no whole answer within PT1S", Webhooks.newest().getString("lastError"));
        assertNull(Webhooks.newest().getString("lastStatus"));
    }

    @Test
    void an_answer_that_never_ends_is_none() {
        receiver.answers(receiver.tricklesItsBody(50));
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("pending", Webhooks.newest().getString("state"));
        assertEquals("no whole answer within PT1S", Webhooks.newest().getString("lastError"));
    }

    @Test
    void of_a_long_answer_only_the_status_counts() {
        receiver.answers(socket -> {
            WebhookStub.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            WebhookStub.write(socket, "x".repeat(40_000));
            // Until the other side has read enough.
            socket.getInputStream().read();
        });
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("delivered", Webhooks.newest().getString("state"));
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        receiver.answers(socket -> WebhookStub.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"));
        Webhooks.completed();

        Webhooks.work("webhooks");

        assertEquals("pending", Webhooks.newest().getString("state"));
        assertNull(Webhooks.newest().getString("lastStatus"));
    }

    /** Has one attempt made, whatever its delay. @return how long the next one is away */
    private Duration attempt() {
        database.update("update webhook_events set due_at = now() where state = 'pending'");
        assertEquals(1, Webhooks.work("webhooks").getInt("claimed"));
        long millis = database.count("""
                select coalesce(max(extract(epoch from due_at - now()) * 1000)::bigint, 0)
                from webhook_events where state = 'pending'
                """);
        return Duration.ofMillis(millis);
    }

    private static Set<List<String>> distinct(WebhookStub receiver) {
        return receiver.arrived().stream()
                .map(one -> List.of(one.id(), one.body()))
                .collect(Collectors.toSet());
    }
}
