package dev.importonce.webhook;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service without a webhook. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class NoReceiverTest {
    Database database;

    private final WebhookRetention retention;

    NoReceiverTest(WebhookRetention retention) {
        this.retention = retention;
    }

    @BeforeEach
    void nothing_to_tell() {
        database.update("truncate webhook_events");
    }

    @Test
    void without_a_receiver_nothing_is_written() {
        String job = Webhooks.submitted(Imports.MAPPING);
        given().post("/api/migrations/" + job + "/cancel").then().statusCode(200);
        Webhooks.completed();

        assertEquals(0, database.count("select count(*) from webhook_events"));
    }

    /** The database cannot know; what no process takes goes, and is not kept for a receiver of later. */
    @Test
    void what_the_database_wrote_for_nobody_is_removed() {
        database.update("""
                insert into webhook_events (id, type, subject_id, created_at)
                select gen_random_uuid(), 'import.cancelled', gen_random_uuid(), now() - m * interval '1 minute'
                from unnest(array[29, 31]) m
                """);
        assertEquals(
                Map.of("claimed", 0, "processed", 0, "failed", 0, "remaining", 0),
                Webhooks.work("webhooks").getMap(""));

        retention.sweep();

        assertEquals(1, database.count("select count(*) from webhook_events"));
    }

    @Test
    void an_event_of_before_is_not_sent_again() {
        database.update("""
                insert into webhook_events (id, type, subject_id, body, state, due_at, ended_at)
                values (gen_random_uuid(), 'import.cancelled', gen_random_uuid(), '{}', 'failed', null, now())
                """);

        assertEquals(409, Webhooks.resend(Webhooks.newest().getString("id")).statusCode());
    }
}
