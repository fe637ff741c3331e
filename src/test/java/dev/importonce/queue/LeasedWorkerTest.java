package dev.importonce.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.importonce.thread.VitalThreads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a claim, whatever its work does. */
@Timeout(60)
class LeasedWorkerTest {
    private static final Deaths SUSPICIOUS = new Deaths(2, 0, false);
    private static final Worked DONE = new Worked(1, 1, 0);
    private static final Worked FAILED = new Worked(1, 0, 1);
    private static final Worked PUT_OFF = new Worked(1, 0, 0);

    private final Heartbeat heartbeat = new Heartbeat(new ThreeSeconds(), new VitalThreads());
    private final Isolation isolation = new Isolation(new ThreeSeconds());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Throwable failure;

    @AfterEach
    void end() {
        heartbeat.stop();
    }

    static List<Throwable> whatever() {
        return List.of(
                new IllegalStateException("a bug"),
                new StackOverflowError(),
                new NoClassDefFoundError("dev/importonce/Missing"),
                new ExceptionInInitializerError("static"),
                new OutOfMemoryError("Required length exceeds implementation limit"),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("whatever")
    void whatever_work_throws_is_its_failure(Throwable thrown) {
        assertEquals(
                FAILED, worker(() -> raise(thrown), new One(1, Deaths.NONE)).run(1));
        assertEquals(
                FAILED, worker(() -> raise(thrown), new One(5, Deaths.NONE)).run(1));

        assertEquals(List.of("later", "given up"), told);
        assertEquals(thrown, failure);
    }

    @Test
    void the_fifth_failure_is_the_last_and_open_claims_do_not_count() {
        LeasedWorker<One> worker = worker(
                () -> raise(new StackOverflowError()),
                new One(4, Deaths.NONE),
                new One(12, new Deaths(8, 0, false)),
                new One(5, Deaths.NONE));
        for (int i = 0; i < 3; i++) worker.run(1);

        assertEquals(List.of("later", "alone", "later", "given up"), told);
    }

    @Test
    void a_database_that_is_away_gives_nothing_up() {
        LeasedWorker<One> worker = worker(
                () -> raise(new IllegalStateException(new SQLException("no connection", "08006"))),
                new One(2, Deaths.NONE),
                new One(3, Deaths.NONE),
                new One(5, Deaths.NONE));
        for (int i = 0; i < 3; i++) worker.run(1);

        assertEquals(List.of("later", "later, uncounted", "later, uncounted"), told);
    }

    @Test
    void what_ended_two_workers_is_put_off_and_then_worked_alone() {
        LeasedWorker<One> worker =
                worker(() -> DONE, new One(3, new Deaths(2, 0, true)), new One(3, new Deaths(2, 0, false)));

        assertEquals(PUT_OFF, worker.run(1));
        assertEquals(List.of("put off"), told);
        assertEquals(DONE, worker.run(1));
        assertEquals(List.of("put off", "alone"), told);
    }

    @Test
    void what_ended_one_worker_is_worked_again_at_once_beside_others() {
        assertEquals(
                DONE, worker(() -> DONE, new One(2, new Deaths(1, 0, true))).run(1));

        assertEquals(List.of(), told);
    }

    @Test
    void a_worker_that_is_closed_claims_nothing() {
        LeasedWorker<One> worker = worker(() -> DONE, new One(1, Deaths.NONE), new One(1, Deaths.NONE));
        assertEquals(DONE, worker.run(1));

        worker.close();

        assertEquals(Worked.NOTHING, worker.run(1));
    }

    @Test
    void a_stop_waits_for_the_work_that_has_begun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        LeasedWorker<One> worker = worker(
                () -> {
                    begun.countDown();
                    await(answered);
                    told.add("answered");
                    return DONE;
                },
                new One(1, Deaths.NONE));
        CompletableFuture<Worked> run = CompletableFuture.supplyAsync(() -> worker.run(1));
        begun.await();
        worker.close();
        worker.await(System.nanoTime());
        assertFalse(run.isDone(), "its time was over");
        Thread stop = new Thread(() -> {
            awaitWork(worker);
            told.add("stopped");
        });
        stop.start();
        while (stop.isAlive() && stop.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();

        answered.countDown();
        stop.join();

        assertEquals(DONE, run.get());
        assertEquals(List.of("answered", "stopped"), told);
    }

    private static void awaitWork(LeasedWorker<One> worker) {
        try {
            worker.await(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_ended_eight_workers_alone_is_given_up() {
        assertEquals(
                FAILED, worker(() -> DONE, new One(11, new Deaths(10, 8, true))).run(1));

        assertEquals(List.of("given up"), told);
        assertInstanceOf(EndsItsWorkers.class, failure);
        assertEquals("the work has ended its workers, 8 times with nothing else beside it", failure.getMessage());
    }

    @Test
    void crashes_that_met_it_beside_others_give_nothing_up() {
        assertEquals(
                DONE, worker(() -> DONE, new One(31, new Deaths(30, 7, false))).run(1));

        assertEquals(List.of("alone"), told);
    }

    @Test
    void while_something_is_worked_alone_nothing_else_is_claimed() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        LeasedWorker<One> suspect = worker(
                () -> {
                    begun.countDown();
                    await(end);
                    return DONE;
                },
                new One(3, SUSPICIOUS));
        LeasedWorker<One> other = worker(() -> DONE, new One(1, Deaths.NONE));
        CompletableFuture<Worked> alone = CompletableFuture.supplyAsync(() -> suspect.run(1));
        await(begun);

        assertEquals(Worked.NOTHING, other.run(1));
        end.countDown();
        assertEquals(DONE, alone.join());
        assertEquals(DONE, other.run(1));
    }

    @Test
    void it_waits_for_current_work_and_is_put_off_if_that_takes_long() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        LeasedWorker<One> other = worker(
                () -> {
                    begun.countDown();
                    await(end);
                    return DONE;
                },
                new One(1, Deaths.NONE));
        CompletableFuture<Worked> beside = CompletableFuture.supplyAsync(() -> other.run(1));
        await(begun);

        assertEquals(PUT_OFF, worker(() -> DONE, new One(3, SUSPICIOUS)).run(1));
        assertEquals(List.of("put off"), told);
        end.countDown();
        assertEquals(DONE, beside.join());
    }

    @Test
    void who_lost_a_lease_working_alone_says_that_its_worker_lives() {
        worker(() -> raise(new LeaseLost(new One(3, SUSPICIOUS))), new One(3, SUSPICIOUS))
                .run(1);

        assertEquals(List.of("alone", "outlived", "lost"), told);
    }

    private LeasedWorker<One> worker(Supplier<Worked> work, One... claims) {
        return new Scripted(new ArrayDeque<>(List.of(claims)), work);
    }

    private static Worked raise(Throwable failure) {
        LeasedWorkerTest.<RuntimeException>sneak(failure);
        return DONE;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A claim. */
    private record One(int attempts, Deaths deaths) implements Claim {
        @Override
        public UUID subject() {
            return new UUID(0, 0);
        }

        @Override
        public Duration waited() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return "the work";
        }
    }

    /** Waits a second for being alone. */
    private record ThreeSeconds() implements QueueConfig {
        @Override
        public int workers() {
            return 0;
        }

        @Override
        public Optional<String> listenUrl() {
            return Optional.empty();
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration lease() {
            return Duration.ofSeconds(3);
        }
    }

    private final class Scripted extends LeasedWorker<One> {
        private final Queue<One> claims;
        private final Supplier<Worked> work;

        Scripted(Queue<One> claims, Supplier<Worked> work) {
            super(
                    "test",
                    5,
                    new Backoff(Duration.ZERO, Duration.ZERO),
                    heartbeat,
                    isolation,
                    new QueueMetrics(
                            new SimpleMeterRegistry(),
                            new Traces(OpenTelemetry.noop().getTracer("test"), true)));
            this.claims = claims;
            this.work = work;
        }

        @Override
        protected Optional<One> claim(int most) {
            return Optional.ofNullable(claims.poll());
        }

        @Override
        protected Worked work(One claim) {
            return work.get();
        }

        @Override
        protected void extend(One claim) {}

        @Override
        protected void retryLater(One claim, Duration delay, boolean counted) {
            told.add(counted ? "later" : "later, uncounted");
        }

        @Override
        protected void giveUp(One claim, Throwable failed) {
            told.add("given up");
            failure = failed;
        }

        @Override
        protected void release(One claim) {}

        @Override
        protected void putOff(One claim, Duration delay) {
            told.add("put off");
        }

        @Override
        protected void beginAlone(One claim) {
            told.add("alone");
        }

        @Override
        protected void outlived(One claim) {
            told.add("outlived");
        }

        @Override
        protected void lost(One claim) {
            told.add("lost");
        }

        @Override
        public long due() {
            return claims.size();
        }
    }
}
