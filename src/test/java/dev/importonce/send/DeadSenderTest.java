package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that claimed a message and was not heard of again. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(NoWorkers.class)
class DeadSenderTest {
    Database database;
    ProviderStub provider;

    private final SendClaims claims;
    private final MessageLeasesAhead sweeper;

    DeadSenderTest(SendClaims claims, MessageLeasesAhead sweeper) {
        this.claims = claims;
        this.sweeper = sweeper;
    }

    @BeforeEach
    void empty_queue() {
        database.update("truncate send_queue, sent_messages, send_rates");
        provider.forget();
    }

    @Test
    void a_message_of_a_dead_worker_is_in_doubt_and_not_sent_again() {
        String id = Messages.enqueued(Messages.on("messenger"));
        assertEquals(1, claims.claim(10).size());
        Messages.work(10);
        assertEquals("processing", Messages.get(id).path("status"), "its lease lasts");
        database.update("update send_queue set due_at = now() where id = ?::uuid", id);

        Messages.work(10);

        assertEquals("unknown", Messages.get(id).path("status"));
        assertEquals(0, provider.times(id));
    }

    /** An earlier version claimed as many at a time, and recorded an attempt of each. */
    @Test
    void many_messages_of_a_dead_worker_are_all_in_doubt() {
        for (int i = 0; i < 20; i++) Messages.enqueued(Messages.on("messenger"));
        assertEquals(20, claims.claim(20).size());
        database.update("update send_queue set due_at = now()");

        while (Messages.work(100) > 0) Thread.onSpinWait();

        assertEquals(20, database.count("select count(*) from send_queue where status = 'unknown'"));
        assertEquals(0, provider.most());
    }

    @Test
    void a_lease_of_a_clock_that_was_set_back_is_shortened() {
        String id = Messages.enqueued(Messages.on("messenger"));
        assertEquals(1, claims.claim(10).size());
        database.update("update send_queue set due_at = due_at + interval '1 day'");

        sweeper.sweep();

        assertEquals(0, claims.claim(10).size(), "its worker may live: it keeps a lease");
        assertEquals("processing", Messages.get(id).path("status"));
        assertEquals(1, database.count("select count(*) from send_queue where due_at < now() + interval '2 minutes'"));
    }

    @Test
    void a_message_for_tomorrow_is_not_brought_forward() {
        Messages.enqueued(Messages.on("messenger"));
        database.update(
                "update send_queue set due_at = now() + interval '1 day', scheduled_for = now() + interval '1 day'");

        sweeper.sweep();

        assertEquals(1, database.count("select count(*) from send_queue where due_at > now() + interval '23 hours'"));
    }

    @Test
    void a_worker_that_comes_back_after_its_lease_can_settle_nothing() {
        String id = Messages.enqueued(Messages.on("messenger"));
        Message stale = claims.claim(10).get(0);
        database.update("update send_queue set due_at = now() where id = ?::uuid", id);
        assertEquals(1, claims.claim(10).size());

        assertEquals(0, claims.settle(Map.of(stale, new Outcome.Sent())));

        assertEquals("processing", Messages.get(id).path("status"));
        assertEquals(0, database.count("select count(*) from sent_messages"));
    }
}
