package dev.importonce.queue;

import dev.importonce.thread.VitalThreads;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The in-process workers: each does work until none is due, then waits for a signal or the next poll. */
@ApplicationScoped
class WorkerThreads {
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final List<Worker> workers;
    private final VitalThreads vital;
    private final Sweeping sweeping;
    private final int count;
    private final Duration poll;
    private final Object signal = new Object();
    private long signals;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    WorkerThreads(@All List<Worker> workers, VitalThreads vital, Sweeping sweeping, QueueConfig config) {
        this.workers = workers;
        this.vital = vital;
        this.sweeping = sweeping;
        this.count = config.workers();
        this.poll = config.poll();
    }

    void start(@Observes StartupEvent started) {
        for (Worker worker : workers)
            for (int i = 0; i < count; i++) {
                start(worker, worker::workOne, i);
                start(worker, worker::assist, count + i);
            }
    }

    /** Whether this process has workers. */
    boolean any() {
        return count > 0;
    }

    /** Makes all workers look for work. */
    void wake() {
        signal();
    }

    /** Waits for a signal or the next poll, as an idle worker does. */
    void awaitPoll() {
        pause();
    }

    /** Makes no new claims; running work may finish within the grace period, otherwise it is given back. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        signal();
        workers.forEach(Worker::close);
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (Thread thread : threads) TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        for (Worker worker : workers) worker.await(deadline);
        workers.forEach(Worker::giveBack);
    }

    /**
     * Each queue has threads of its own, so that a provider that hangs does not block imports. Each worker has two: one can
     * work while the other waits for the database.
     */
    private void start(Worker worker, BooleanSupplier work, int number) {
        String name = "importonce-" + worker.queue() + "-" + number;
        threads.add(vital.start(name, () -> !stopping, () -> round(work), this::pause));
    }

    private void round(BooleanSupplier work) throws InterruptedException {
        long seen = signals();
        if (work.getAsBoolean()) return;
        sweeping.nowAndThen();
        await(seen);
    }

    private void signal() {
        synchronized (signal) {
            signals++;
            signal.notifyAll();
        }
    }

    private long signals() {
        synchronized (signal) {
            return signals;
        }
    }

    /** Waits for the next poll, or for a signal that is later than {@code seen}, the one before the worker looked for work. */
    private void await(long seen) throws InterruptedException {
        long deadline = System.nanoTime() + poll.toNanos();
        synchronized (signal) {
            while (signals == seen && !stopping) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) return;
                signal.wait(left);
            }
        }
    }

    private void pause() {
        try {
            await(signals());
        } catch (InterruptedException e) {
            // The caller checks itself whether the thread is still needed.
        }
    }
}
