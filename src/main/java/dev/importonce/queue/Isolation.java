package dev.importonce.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets work of all queues run in parallel in this process, but runs work that has crashed its workers alone: if it crashes
 * the process again, no other work is lost, and no other work can be the cause.
 */
@ApplicationScoped
public class Isolation {
    private static final Duration LITTLE = Duration.ofMillis(500);

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Duration patience;

    Isolation(QueueConfig config) {
        patience = config.lease().dividedBy(3);
    }

    /** Waits a short time while other work runs alone. @return whether this work may now run in parallel with other work */
    boolean beginBeside() {
        return begin(lock.readLock(), LITTLE);
    }

    void endBeside() {
        lock.readLock().unlock();
    }

    /**
     * Waits up to a third of a lease until all other work has ended. No other work begins while it waits, and while this
     * work runs alone.
     *
     * @return whether this work runs alone now
     */
    boolean beginAlone() {
        return begin(lock.writeLock(), patience);
    }

    void endAlone() {
        lock.writeLock().unlock();
    }

    private static boolean begin(Lock part, Duration patience) {
        try {
            return part.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
