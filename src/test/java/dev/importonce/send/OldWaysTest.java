package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Incident 4: how messages went out three times, shown once with the old way and once with ours. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class OldWaysTest {
    private static final int RUNS = 3;
    private static final int MESSAGES = 4;

    private final SendClaims claims;

    Database database;

    OldWaysTest(SendClaims claims) {
        this.claims = claims;
    }

    @Test
    void overlapping_runs_that_select_send_and_mark_send_repeatedly() {
        database.update("create table old_queue (id serial primary key, status text not null default 'pending')");
        database.update("insert into old_queue select from generate_series(1, ?)", MESSAGES);
        ConcurrentLinkedQueue<Object> sent = new ConcurrentLinkedQueue<>();

        overlapping(barrier -> {
            List<List<Object>> pending = database.rows("select id from old_queue where status = 'pending' order by id");
            // Sending takes seconds; the runs were ten seconds apart. All of them have selected before any has marked.
            meet(barrier);
            for (List<Object> row : pending) {
                sent.add(row.get(0));
                database.update("update old_queue set status = 'sent' where id = ?", row.get(0));
            }
        });

        assertEquals(MESSAGES * RUNS, sent.size(), "each message went out three times");
    }

    @Test
    void runs_that_claim_in_one_statement_share_the_messages() {
        database.update("truncate send_queue");
        for (int i = 0; i < MESSAGES; i++) Messages.enqueued(Messages.on("messenger"));
        ConcurrentLinkedQueue<Object> sent = new ConcurrentLinkedQueue<>();

        overlapping(barrier -> {
            meet(barrier);
            claims.claim(MESSAGES).forEach(message -> sent.add(message.id()));
        });

        assertEquals(MESSAGES, sent.size());
        assertEquals(MESSAGES, sent.stream().distinct().count());
    }

    private interface Run {
        void with(CyclicBarrier barrier);
    }

    private static void overlapping(Run run) {
        CyclicBarrier barrier = new CyclicBarrier(RUNS);
        List<CompletableFuture<Void>> runs = new ArrayList<>(IntStream.range(0, RUNS)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> run.with(barrier), task -> new Thread(task, "run " + i).start()))
                .toList());
        runs.forEach(CompletableFuture::join);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
