package dev.importonce.job.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OneAtATimeTest {
    private static final int CALLERS = 20;

    private final OneAtATime<String, String> oneAtATime = new OneAtATime<>(Duration.ofSeconds(10));
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS, run -> {
        Thread thread = new Thread(run);
        threads.add(thread);
        return thread;
    });
    private final AtomicReference<String> made = new AtomicReference<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void of_many_that_find_nothing_one_tries_and_all_get_its_result() throws Exception {
        List<Future<String>> calls = calls(CALLERS, () -> {
            attempts.incrementAndGet();
            untilTheOthersWait(CALLERS);
            made.set("made");
            return "made";
        });

        for (Future<String> call : calls) assertEquals("made", call.get());
        assertEquals(1, attempts.get());
    }

    @Test
    void whoever_waited_for_one_that_failed_tries_itself() throws Exception {
        List<Future<String>> calls = calls(2, () -> {
            if (attempts.getAndIncrement() == 0) {
                untilTheOthersWait(2);
                throw new IllegalStateException("the first");
            }
            return "made";
        });

        List<String> got = new ArrayList<>();
        for (Future<String> call : calls)
            try {
                got.add(call.get());
            } catch (ExecutionException e) {
                got.add(e.getCause().getMessage());
            }
        Collections.sort(got);
        assertEquals(List.of("made", "the first"), got);
    }

    @Test
    void what_is_done_already_is_not_tried() {
        made.set("there");

        assertEquals("there", oneAtATime.run("key", task(() -> {}, () -> "tried")));
    }

    @Test
    void a_failure_leaves_nothing_behind() {
        assertThrows(
                IllegalStateException.class,
                () -> oneAtATime.run("key", task(() -> {}, () -> {
                    throw new IllegalStateException();
                })));
        assertEquals("made", oneAtATime.run("key", task(() -> {}, () -> "made")));
    }

    @Test
    void a_preparation_is_waited_for_however_long_it_takes() throws Exception {
        OneAtATime<String, String> impatient = new OneAtATime<>(Duration.ofMillis(600));
        Task slow = task(
                () -> {
                    attempts.incrementAndGet();
                    while (looks.get() < 3) Thread.onSpinWait();
                    made.set("made");
                },
                () -> "made");

        Future<String> first = callers.submit(() -> impatient.run("key", slow));
        while (attempts.get() == 0) Thread.onSpinWait();
        Future<String> second = callers.submit(() -> impatient.run("key", slow));

        assertEquals("made", first.get());
        assertEquals("made", second.get());
        assertEquals(1, attempts.get());
    }

    @Test
    void what_is_wrong_with_the_file_is_found_out_once_for_all() {
        List<Future<String>> calls = calls(
                CALLERS,
                task(
                        () -> {
                            attempts.incrementAndGet();
                            untilTheOthersWait(CALLERS);
                            throw new ProblemException(ProblemType.NO_DATA_ROWS, Sentence.of("no-data"));
                        },
                        () -> "made"));

        for (Future<String> call : calls)
            assertTrue(assertThrows(ExecutionException.class, call::get).getCause() instanceof ProblemException);
        assertEquals(1, attempts.get());
    }

    @Test
    void who_is_waited_for_no_longer_waits_no_longer() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        Future<String> first = callers.submit(() -> oneAtATime.run(
                "key",
                task(
                        () -> {
                            attempts.incrementAndGet();
                            while (!gone.get()) Thread.onSpinWait();
                        },
                        () -> "made")));
        while (attempts.get() == 0) Thread.onSpinWait();

        assertThrows(
                IllegalStateException.class,
                () -> oneAtATime.run("key", new Task(() -> {}, () -> "made") {
                    @Override
                    public void requireCaller() {
                        throw new IllegalStateException("gone");
                    }
                }));
        gone.set(true);
        assertEquals("made", first.get());
    }

    private List<Future<String>> calls(int count, Supplier<String> attempt) {
        return calls(count, task(() -> {}, attempt));
    }

    private List<Future<String>> calls(int count, Task task) {
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) calls.add(callers.submit(() -> oneAtATime.run("key", task)));
        return calls;
    }

    private Task task(Runnable preparation, Supplier<String> attempt) {
        return new Task(preparation, attempt);
    }

    private void untilTheOthersWait(int callers) {
        while (List.copyOf(threads).stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                < callers - 1) Thread.onSpinWait();
    }

    private class Task implements OneAtATime.Task<String> {
        private final Runnable preparation;
        private final Supplier<String> attempt;

        Task(Runnable preparation, Supplier<String> attempt) {
            this.preparation = preparation;
            this.attempt = attempt;
        }

        @Override
        public Optional<String> done() {
            return Optional.ofNullable(made.get());
        }

        @Override
        public void prepare() {
            preparation.run();
        }

        @Override
        public String attempt() {
            return attempt.get();
        }

        @Override
        public void requireCaller() {
            looks.incrementAndGet();
        }
    }
}
