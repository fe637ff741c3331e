package dev.importonce.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WebhookStub;
import dev.importonce.identity.Caller;
import dev.importonce.job.chunk.ChunkWorker;
import dev.importonce.job.chunk.EndJob;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events between the transaction that writes them and the receiver: workers that die, callers that race. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = WebhookStub.class, restrictToAnnotatedClass = true)
@TestProfile(NoWorkers.class)
@Timeout(120)
class WebhookClaimsTest {
    Database database;
    WebhookStub receiver;

    private final Deliveries deliveries;
    private final WebhookWorker worker;
    private final WebhookRetention retention;
    private final ChunkWorker imports;
    private final EndJob end;

    WebhookClaimsTest(
            Deliveries deliveries, WebhookWorker worker, WebhookRetention retention, ChunkWorker imports, EndJob end) {
        this.deliveries = deliveries;
        this.worker = worker;
        this.retention = retention;
        this.imports = imports;
        this.end = end;
    }

    @BeforeEach
    void nothing_to_tell() {
        database.update("truncate migration_jobs cascade");
        database.update("truncate webhook_events");
        receiver.reset();
    }

    @Test
    void an_event_of_a_dead_worker_is_delivered_by_another() {
        Webhooks.completed();
        Delivery dead = deliveries.claim().orElseThrow();
        assertFalse(worker.workOne(), "its lease lasts");
        leaseRunsOut();

        assertTrue(worker.workOne());

        assertEquals(dead.id().toString(), receiver.arrived().get(0).id());
        assertEquals(dead.body(), receiver.arrived().get(0).body());
        assertEquals("delivered", Webhooks.newest().getString("state"));
        assertEquals(1, Webhooks.newest().getInt("attempts"), "a claim alone is no attempt");
    }

    @Test
    void a_worker_that_lost_its_lease_can_record_nothing() {
        Webhooks.completed();
        Delivery stale = deliveries.claim().orElseThrow();
        leaseRunsOut();
        Delivery held = deliveries.claim().orElseThrow();
        List<List<Object>> before = row();

        assertFalse(deliveries.delivered(stale, 200));
        assertFalse(deliveries.retry(stale, Duration.ofHours(1), Answer.status(500, null)));
        assertFalse(deliveries.failed(stale, Answer.status(410, null)));
        deliveries.later(stale, Duration.ofHours(1));
        deliveries.extend(stale);
        deliveries.release(stale);

        assertEquals(before, row());
        assertTrue(deliveries.delivered(held, 200));
        assertFalse(deliveries.delivered(held, 200), "once");
    }

    @Test
    void what_a_stopped_process_gives_back_is_due_at_once() {
        Webhooks.completed();
        Delivery given = deliveries.claim().orElseThrow();

        deliveries.release(given);

        assertFalse(deliveries.delivered(given, 200));
        assertEquals(1, deliveries.claim().orElseThrow().attempts());
    }

    @Test
    void an_event_that_is_claimed_and_never_settled_has_an_end() {
        Webhooks.completed();
        database.update("update webhook_events set claims = 50");

        assertTrue(worker.workOne());

        assertEquals("failed", Webhooks.newest().getString("state"));
        assertEquals(List.of(), receiver.arrived());
    }

    @Test
    void an_event_that_another_claims_at_this_moment_is_passed_over() {
        Webhooks.completed();
        Webhooks.completed();
        String first = "select id from webhook_events order by due_at limit 1";
        Object held = database.rows(first).get(0).get(0);

        database.whileHolding(first + " for update", () -> {
            UUID claimed = CompletableFuture.supplyAsync(
                            () -> deliveries.claim().orElseThrow())
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join()
                    .id();
            assertNotEquals(held, claimed);
        });

        assertEquals(held, deliveries.claim().orElseThrow().id());
    }

    @Test
    void two_workers_never_claim_the_same_event() {
        for (int i = 0; i < 20; i++) Webhooks.completed();
        List<CompletableFuture<List<UUID>>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            workers.add(CompletableFuture.supplyAsync(() -> {
                List<UUID> claimed = new ArrayList<>();
                for (var one = deliveries.claim(); one.isPresent(); one = deliveries.claim())
                    claimed.add(one.get().id());
                return claimed;
            }));

        List<UUID> all = workers.stream().flatMap(one -> one.join().stream()).toList();

        assertEquals(20, all.stream().distinct().count());
        assertEquals(20, all.size());
    }

    @Test
    void an_end_that_rolls_back_tells_nothing() {
        String job = Webhooks.submitted(Imports.MAPPING);

        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    assertTrue(end.cancel(Caller.LOCAL_USER, UUID.fromString(job)));
                    throw new IllegalStateException("the process dies before the commit");
                }));

        assertEquals("pending", Imports.job(job).getString("status"));
        assertEquals(0, database.count("select count(*) from webhook_events"));
    }

    /** Whoever ends it: five who cancel it, and the worker that merges its last rows. */
    @RepeatedTest(10)
    void a_job_that_many_want_to_end_is_told_once() throws Exception {
        String job = Webhooks.submitted(Imports.MAPPING);
        imports.workOne();
        CyclicBarrier barrier = new CyclicBarrier(6);
        List<CompletableFuture<Void>> enders = new ArrayList<>();
        enders.add(together(barrier, imports::workOne));
        for (int i = 0; i < 5; i++)
            enders.add(together(barrier, () -> end.cancel(Caller.LOCAL_USER, UUID.fromString(job))));
        for (CompletableFuture<Void> ender : enders) ender.get(60, TimeUnit.SECONDS);

        assertEquals(
                List.of(List.of("import." + Imports.job(job).getString("status"))),
                database.rows("select type from webhook_events where subject_id = ?::uuid", job));
    }

    /** Work that has crashed its workers waits for all other work of the process to end, but not for a receiver. */
    @Test
    void a_slow_receiver_holds_up_no_import_that_runs_alone() {
        CountDownLatch imported = new CountDownLatch(1);
        receiver.answers(socket -> {
            try {
                imported.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            WebhookStub.status(200).answer(socket);
        });
        Webhooks.completed();
        CompletableFuture<Boolean> delivery = CompletableFuture.supplyAsync(worker::workOne);
        Await.until(() -> !receiver.arrived().isEmpty());
        String job = Webhooks.submitted(Imports.MAPPING);
        database.update("update import_chunks set deaths = 2 where job_id = ?::uuid", job);

        while (imports.workOne()) Thread.onSpinWait();
        String status = Imports.job(job).getString("status");
        boolean delivered = delivery.isDone();
        imported.countDown();

        assertEquals("completed", status);
        assertFalse(delivered, "the import has waited for the receiver");
        assertTrue(delivery.join());
    }

    @Test
    void events_are_kept_for_thirty_days_after_their_end() {
        for (int i = 0; i < 3; i++) Webhooks.completed();
        worker.workOne();
        database.update("""
                update webhook_events
                set created_at = now() - interval '60 days', ended_at = ended_at - interval '31 days'
                """);
        worker.workOne();
        retention.sweep();

        assertEquals(2, database.count("select count(*) from webhook_events"));
        assertEquals(1, database.count("select count(*) from webhook_events where state = 'pending'"));
    }

    @Test
    void a_lease_of_a_clock_that_was_set_back_is_shortened() {
        Webhooks.completed();
        database.update("update webhook_events set due_at = now() + interval '2 days'");

        retention.sweep();

        assertEquals(
                1, database.count("select count(*) from webhook_events where due_at < now() + interval '2 minutes'"));
    }

    private static CompletableFuture<Void> together(CyclicBarrier barrier, Runnable work) {
        return CompletableFuture.runAsync(() -> {
            try {
                barrier.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            work.run();
        });
    }

    private void leaseRunsOut() {
        database.update("update webhook_events set due_at = now() where state = 'pending'");
    }

    private List<List<Object>> row() {
        return database.rows("select to_jsonb(e)::text from webhook_events e");
    }
}
