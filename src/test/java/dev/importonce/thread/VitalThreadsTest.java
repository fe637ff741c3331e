package dev.importonce.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VitalThreadsTest {
    private static final List<Throwable> WHATEVER = List.of(
            new IllegalStateException("a bug"),
            new StackOverflowError(),
            new NoClassDefFoundError("dev/importonce/Missing"),
            new OutOfMemoryError("Required length exceeds implementation limit"),
            new AssertionError(),
            new InterruptedException(),
            new Throwable());

    private final VitalThreads vital = new VitalThreads();
    private final AtomicBoolean wanted = new AtomicBoolean(true);

    @Test
    void a_thread_goes_on_whatever_it_or_its_error_handler_throws() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        Thread thread = vital.start(
                "test",
                wanted::get,
                () -> {
                    if (rounds.get() == WHATEVER.size()) wanted.set(false);
                    else VitalThreadsTest.<RuntimeException>raise(WHATEVER.get(rounds.getAndIncrement()));
                },
                () -> {
                    throw new StackOverflowError();
                });
        thread.join();

        assertEquals(WHATEVER.size(), rounds.get());
        assertEquals(List.of(), vital.dead(), "it was told to end");
    }

    @Test
    void a_wanted_thread_that_ended_is_reported_until_it_is_replaced() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread first = vital.oneAtATime("timer", wanted::get).newThread(() -> {});
        assertEquals(List.of(), vital.dead(), "it has not begun");
        first.start();
        first.join();
        assertEquals(List.of("timer"), vital.dead());

        Thread second = vital.oneAtATime("timer", wanted::get).newThread(() -> await(end));
        second.start();
        assertEquals(List.of(), vital.dead());
        end.countDown();
        second.join();
        assertEquals(List.of("timer"), vital.dead());
        wanted.set(false);
        assertTrue(vital.dead().isEmpty());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
