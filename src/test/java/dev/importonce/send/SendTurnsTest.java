package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which message goes out next: what an organisation has for later is no part of the line for now. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(NoWorkers.class)
class SendTurnsTest {
    private static final Instant NEXT_YEAR =
            Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    Database database;

    private final SendClaims claims;

    SendTurnsTest(SendClaims claims) {
        this.claims = claims;
    }

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
    }

    @Test
    void a_message_for_next_year_holds_up_none_for_now() {
        Messages.post(List.of(later("next-year")));
        String now = Messages.enqueued(Messages.on("messenger"));
        another_organisation_enqueues_in_a_minute();

        assertEquals(now, claims.claim(1).get(0).id().toString());
    }

    @Test
    void an_imported_message_for_next_year_holds_up_none_either() {
        imports("c,next-year,1,messenger,Hello,%s".formatted(NEXT_YEAR));
        imports("c,now,1,messenger,Hello,");
        another_organisation_enqueues_in_a_minute();

        assertEquals("now", claims.claim(1).get(0).prospectId());
    }

    @Test
    void messages_for_the_same_later_time_line_up() {
        for (int request = 0; request < 3; request++) {
            int first = 10 * request;
            Messages.post(IntStream.range(first, first + 10)
                    .mapToObj(i -> later("p" + i))
                    .toList());
        }
        imports("c,imported-1,1,messenger,Hello,%s\nc,imported-2,1,messenger,Hello,%1$s".formatted(NEXT_YEAR));

        assertEquals(32, database.count("select count(distinct turn) from send_queue"));
        assertEquals(32, database.count("select count(*) from send_queue where turn >= scheduled_for"));
    }

    @Test
    void messages_for_now_line_up_behind_those_that_wait() {
        Messages.post(IntStream.range(0, 20)
                .mapToObj(i -> Messages.to("c", "p" + i, "messenger"))
                .toList());
        Messages.post(List.of(Messages.to("c", "last", "messenger")));

        List<Message> claimed = claims.claim(20);

        assertEquals(20, claimed.size());
        assertTrue(claimed.stream().noneMatch(message -> message.prospectId().equals("last")), claimed::toString);
    }

    /** As if it had asked a minute later than everybody. */
    private void another_organisation_enqueues_in_a_minute() {
        database.update("""
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, due_at, turn)
                values (?, ?, 'c', 'other', 1, 'messenger', 'Hello', now(), now() + interval '1 minute')
                """, UUID.randomUUID(), UUID.randomUUID());
    }

    private static Map<String, Object> later(String prospect) {
        Map<String, Object> message = new HashMap<>(Messages.to("c", prospect, "messenger"));
        message.put("scheduledFor", NEXT_YEAR.toString());
        return message;
    }

    private static void imports(String rows) {
        String file = "c,p,s,ch,b,at\n" + rows + "\n";
        String mapping = """
                {"target": "messages", "fields": {"campaignId": "c", "prospectId": "p", "step": "s", "channel": "ch", "body": "b",
                 "scheduledFor": "at"}}
                """;
        Imports.run(file.getBytes(StandardCharsets.UTF_8), mapping).then().statusCode(202);
        io.restassured.RestAssured.given()
                .post("/api/cron/process-imports")
                .then()
                .statusCode(200);
    }
}
