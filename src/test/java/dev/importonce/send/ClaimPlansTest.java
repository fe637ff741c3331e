package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.LookUps;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a batch costs does not depend on how many messages there are, nor on what the planner takes their states to be. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class ClaimPlansTest {
    private static final int MESSAGES = 20_000;
    private static final int BATCH = SendWorker.MOST_TOGETHER;

    private static final String MANY_SMALL_ORGANISATIONS = """
            insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
            select gen_random_uuid(), gen_random_uuid(), n::text, n::text, 1, 'email', 'Hello', now(), now()
            from generate_series(1, 20000) n
            """;

    Database database;

    private final SendClaims claims;

    ClaimPlansTest(SendClaims claims) {
        this.claims = claims;
    }

    /** The statistics know of pending messages only. */
    @BeforeEach
    void many_pending_messages() {
        database.update("truncate send_queue, sent_messages, send_rates");
        database.update("""
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
                select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'c', n::text, 1, 'email', 'Hello', now(),
                       now() + n * interval '1 second'
                from generate_series(1, ?) n
                """, MESSAGES);
        database.update("analyze send_queue");
    }

    @Test
    @NotPartitioned("an empty partition is read whole, and this organisation fills only one")
    void claiming_keeping_and_settling_read_no_more_than_the_batch() {
        assertNoScan(plan(SendClaims.CLAIM, BATCH, "PT60S"));
        List<Message> batch = claims.claim(BATCH);
        assertEquals(BATCH, batch.size());
        Object[] keys = {
            column(batch, Message::id),
            column(batch, Message::orgId),
            column(batch, Message::campaignId),
            column(batch, Message::prospectId),
            column(batch, Message::step),
            column(batch, Message::token)
        };
        Object[] extend = Arrays.copyOf(keys, 7);
        extend[6] = "PT60S";
        Object[] settle = Arrays.copyOf(keys, 10);
        settle[6] = same(batch.size(), "sent");
        settle[7] = same(batch.size(), "NULL");
        settle[8] = same(batch.size(), "0");
        settle[9] = same(batch.size(), "NULL");

        assertNoScan(plan(SendClaims.EXTEND, extend));
        assertNoScan(plan(SendClaims.SETTLE, settle));
    }

    /** By the statistics every organisation and every campaign has one message. */
    @Test
    void what_is_enqueued_is_looked_up_by_its_whole_key() {
        database.update("truncate send_queue");
        database.update(MANY_SMALL_ORGANISATIONS);
        database.update("analyze send_queue");
        assertEnqueuedByKey();
    }

    /** By the statistics the table has pages and not one row, since none was committed when they were taken. */
    @Test
    void during_the_first_writes_enqueuing_looks_up_the_whole_key() {
        database.update("truncate send_queue");
        database.whileUncommitted(MANY_SMALL_ORGANISATIONS, () -> database.update("analyze send_queue"));
        assertEnqueuedByKey();
    }

    private void assertEnqueuedByKey() {
        UUID org = UUID.fromString("00000000-0000-0000-0000-000000000001");
        String ids = same(500, org.toString());
        String texts = same(500, "c");
        String numbers = same(500, "1");
        String times = same(500, "NULL");
        String plan = plan(
                EnqueueMessages.ENQUEUE,
                ids,
                texts,
                texts,
                numbers,
                texts,
                texts,
                times,
                org,
                org,
                org,
                org,
                null,
                org);

        List<String> lookUps = LookUps.of(plan, "send_queue");
        assertFalse(lookUps.isEmpty(), plan);
        for (String condition : lookUps) assertTrue(LookUps.isForOne("step", condition), plan);
    }

    @Test
    void a_settled_batch_is_sent_and_recorded() {
        List<Message> batch = claims.claim(BATCH);
        Map<Message, Outcome> outcomes =
                batch.stream().collect(Collectors.toMap(Function.identity(), message -> new Outcome.Sent()));

        assertEquals(BATCH, claims.settle(outcomes));
        assertEquals(0, claims.settle(outcomes), "they are not ours any more");

        assertEquals(BATCH, database.count("select count(*) from send_queue where status = 'sent'"));
        assertEquals(BATCH, database.count("select count(*) from sent_messages"));
        assertEquals(MESSAGES - BATCH, claims.due());
    }

    private static void assertNoScan(String plan) {
        assertFalse(plan.contains("Seq Scan"), plan);
    }

    private String plan(String statement, Object... args) {
        return database.rows("explain " + statement, args).stream()
                .map(row -> row.get(0) + "\n")
                .collect(Collectors.joining());
    }

    private static String column(List<Message> messages, Function<Message, Object> value) {
        return messages.stream().map(value).map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String same(int count, String value) {
        return String.join(",", Collections.nCopies(count, value)).replaceFirst("^", "{") + "}";
    }
}
