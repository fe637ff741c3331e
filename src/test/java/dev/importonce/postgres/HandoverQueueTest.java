package dev.importonce.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandoverQueueTest {
    /** The queue that it replaces is stuck after half of them, on Java 17. */
    private static final int TIMES = 50_000;

    private static final int AT_ONCE = 4;

    private final HandoverQueue<String> queue = new HandoverQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, run -> {
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    });

    @Test
    void everybody_who_gives_up_does_so_even_at_the_same_moment() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++)
            all.add(threads.submit(() -> {
                for (int j = 0; j < TIMES; j++)
                    assertNull(queue.poll(ThreadLocalRandom.current().nextInt(60_000), TimeUnit.NANOSECONDS));
                return null;
            }));
        for (Future<?> one : all) one.get();
        assertEquals(0, queue.getWaitingConsumerCount());
    }

    @Test
    void what_is_handed_over_goes_to_who_waits_and_to_nobody_else() throws Exception {
        assertFalse(queue.tryTransfer("nobody waits"));
        assertNull(queue.poll(0, TimeUnit.NANOSECONDS));

        Future<String> waits = threads.submit(() -> queue.poll(30, TimeUnit.SECONDS));
        while (!queue.hasWaitingConsumer()) Thread.onSpinWait();
        while (!queue.tryTransfer("here")) Thread.onSpinWait();

        assertEquals("here", waits.get());
    }
}
