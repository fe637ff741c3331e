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

/** The in-process workers: each works what is due until nothing is, then waits for a signal or the next poll. */
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

    /** Whether there are any. */
    boolean any() {
        return count > 0;
    }

    /** Has everybody look for work. */
    void wake() {
        signal();
    }

    /** Waits as an idle worker does. */
    void awaitPoll() {
        pause();
    }

    /** No new claims; what is being worked may finish, else it is given back. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        signal();
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (Thread thread : threads) TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        workers.forEach(Worker::giveBack);
    }

    /**
     * Queues have threads of their own: a provider that hangs holds up no import. Each worker has two: one can work while
     * the other waits for the database.
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

    /** Waits for a signal later than the one seen before looking for work, or for the next poll. */
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
            // Whoever waits finds out by itself whether it is still wanted.
        }
    }
}
