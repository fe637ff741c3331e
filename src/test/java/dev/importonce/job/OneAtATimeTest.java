package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OneAtATimeTest {
    private static final int CALLERS = 20;

    private final OneAtATime<String, String> oneAtATime = new OneAtATime<>();
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS, run -> {
        Thread thread = new Thread(run);
        threads.add(thread);
        return thread;
    });
    private final AtomicReference<String> made = new AtomicReference<>();
    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void of_many_that_find_nothing_at_once_one_tries_and_all_get_what_it_made() throws Exception {
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
        assertEquals("there", oneAtATime.run("key", () -> Optional.of("there"), () -> "tried"));
    }

    @Test
    void a_failure_leaves_nothing_behind() {
        assertThrows(
                IllegalStateException.class,
                () -> oneAtATime.run("key", Optional::empty, () -> {
                    throw new IllegalStateException();
                }));
        assertEquals("made", oneAtATime.run("key", Optional::empty, () -> "made"));
    }

    private List<Future<String>> calls(int count, Supplier<String> attempt) {
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++)
            calls.add(callers.submit(() -> oneAtATime.run("key", () -> Optional.ofNullable(made.get()), attempt)));
        return calls;
    }

    private void untilTheOthersWait(int callers) {
        while (List.copyOf(threads).stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                < callers - 1) Thread.onSpinWait();
    }
}
