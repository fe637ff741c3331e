package dev.importonce.send;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Spans;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Traced;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each message is sent in the trace of the request that enqueued it, whoever sends it with which others. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(Traced.class)
class MessageTracesTest {
    Database database;

    private final Spans spans;

    MessageTracesTest(Spans spans) {
        this.spans = spans;
    }

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
    }

    @Test
    void two_messages_of_two_requests_are_in_two_traces() {
        String one = Traced.trace();
        String other = Traced.trace();
        String first = enqueued("messenger", Traced.parent(one));
        String second = enqueued("messenger", Traced.parent(other));

        assertEquals(2, Messages.work(10));

        assertEquals(one, sent(first, 1).get(0).getTraceId());
        assertEquals(other, sent(second, 1).get(0).getTraceId());
    }

    @Test
    void a_message_is_linked_with_the_call_that_sent_it() {
        String id = enqueued("messenger", Traced.parent(Traced.trace()));
        Messages.work(10);

        SpanData work = spans.await(1, "send work", "importonce.send", id).get(0);
        SpanData message = sent(id, 1).get(0);
        assertNotEquals(work.getTraceId(), message.getTraceId());
        assertEquals(
                List.of(work.getSpanContext()),
                message.getLinks().stream().map(link -> link.getSpanContext()).toList());
    }

    @Test
    void a_message_that_is_sent_again_stays_in_its_trace() {
        String trace = Traced.trace();
        String id = enqueued("busy-once", Traced.parent(trace));
        // The provider asks for no wait, so that a call may send the message twice.
        while (Messages.get(id).path("status").equals("pending")) Messages.work(10);

        assertEquals("sent", Messages.get(id).path("status"));
        assertEquals(
                List.of(trace, trace),
                sent(id, 2).stream().map(SpanData::getTraceId).toList());
    }

    @Test
    void an_imported_message_is_sent_in_the_trace_of_its_import() {
        String trace = Traced.trace();
        String file = "campaignId,prospectId,step,channel,body\nc,p,1,messenger,Hello\n";
        Imports.request(Send.utf8(file), """
                        {"target": "messages", "fields": {"campaignId": "campaignId", "prospectId": "prospectId",
                         "step": "step", "channel": "channel", "body": "body"}}
                        """)
                .header("traceparent", Traced.parent(trace))
                .post(Send.RUN)
                .then()
                .statusCode(202);
        given().post("/api/cron/process-imports").then().statusCode(200);
        Messages.work(10);

        String id =
                database.rows("select id::text from send_queue").get(0).get(0).toString();
        assertEquals(trace, sent(id, 1).get(0).getTraceId());
    }

    @Test
    void a_message_without_a_trace_is_a_part_of_the_call() {
        String id = enqueued("messenger", Traced.parent(Traced.trace()));
        // As an older instance leaves it.
        database.update("update send_queue set traceparent = null where id = ?::uuid", id);
        Messages.work(10);

        List<SpanData> all = spans.await(2, "send", "importonce.send", id);
        assertEquals(2, all.size());
        assertEquals(all.get(0).getTraceId(), all.get(1).getTraceId());
    }

    private static String enqueued(String channel, String traceparent) {
        return given().header("traceparent", traceparent)
                .contentType("application/json")
                .body(Map.of("items", List.of(Messages.on(channel))))
                .post("/api/send-queue")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    private List<SpanData> sent(String id, int count) {
        return spans.await(count, "send message", "importonce.send", id);
    }
}
