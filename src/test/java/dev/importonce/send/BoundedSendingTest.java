package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many requests at once as there are places, however many threads and cron runs there are. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(NoWorkers.class)
@Timeout(120)
class BoundedSendingTest {
    private static final int PLACES = 8;
    private static final int MESSAGES = 40;

    private final SendClaims claims;
    private final List<CompletableFuture<Integer>> runs = new java.util.ArrayList<>();

    Database database;
    ProviderStub provider;

    BoundedSendingTest(SendClaims claims) {
        this.claims = claims;
    }

    @BeforeEach
    void messages_that_wait_for_their_answer() {
        database.update("truncate send_queue, sent_messages, send_rates");
        provider.forget();
        Messages.post(IntStream.range(0, MESSAGES)
                .mapToObj(i -> Messages.to("bounded", "prospect-" + i, "waits"))
                .toList());
    }

    @AfterEach
    void let_all_of_them_go() {
        provider.answer(MESSAGES);
        runs.forEach(CompletableFuture::join);
    }

    @Test
    void ten_runs_at_once_have_no_more_requests_than_places() {
        for (int i = 0; i < 10; i++) run();
        Await.until(() -> provider.arrived().size() == PLACES);

        assertEquals(PLACES, database.count("select count(*) from send_queue where status = 'processing'"));
        assertEquals(
                MESSAGES - PLACES,
                database.count("select count(*) from send_queue where status = 'pending' and attempted_at is null"));
        provider.answer(MESSAGES);
        runs.forEach(CompletableFuture::join);
        while (Messages.work(MESSAGES) > 0) Thread.onSpinWait();

        assertEquals(MESSAGES, database.count("select count(*) from sent_messages"));
        assertEquals(PLACES, provider.mostAtOnce());
        assertEquals(1, provider.most());
    }

    @Test
    void a_place_that_comes_free_is_taken_though_others_wait() {
        run();
        Await.until(() -> provider.arrived().size() == PLACES);

        provider.answer(1);

        Await.until(() -> provider.arrived().size() == PLACES + 1);
        Await.until(() -> database.count("select count(*) from send_queue where status = 'sent'") == 1);
        assertEquals(PLACES, database.count("select count(*) from send_queue where status = 'processing'"));
    }

    @Test
    void a_run_claims_no_more_than_it_may() {
        provider.answer(MESSAGES);

        assertEquals(11, Messages.work(11));

        assertEquals(11, database.count("select count(*) from send_queue where status = 'sent'"));
        assertEquals(0, database.count("select count(*) from send_queue where status = 'processing'"));
    }

    /** A process of another version, too, may have taken only the lease. */
    @Test
    void what_was_claimed_and_not_begun_is_sent_after_its_lease() {
        provider.answer(MESSAGES);
        assertEquals(PLACES, claims.claim(PLACES).size());
        database.update("""
                update send_queue set attempted_at = null, attempts = 0, due_at = now() - interval '1 second'
                where status = 'processing'
                """);

        while (Messages.work(MESSAGES) > 0) Thread.onSpinWait();

        assertEquals(
                MESSAGES, database.count("select count(*) from send_queue where status = 'sent' and attempts = 1"));
        assertEquals(1, provider.most());
    }

    private void run() {
        runs.add(CompletableFuture.supplyAsync(
                () -> Messages.work(MESSAGES), task -> new Thread(task, "cron run").start()));
    }
}
