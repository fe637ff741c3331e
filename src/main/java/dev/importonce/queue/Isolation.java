package dev.importonce.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets work of all queues be done side by side in this process, and what has ended its workers by itself: if it does so again,
 * it takes nothing else with it, and it was nothing else that did it.
 */
@ApplicationScoped
public class Isolation {
    private static final Duration LITTLE = Duration.ofMillis(500);

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Duration patience;

    Isolation(QueueConfig config) {
        patience = config.lease().dividedBy(3);
    }

    /** Waits a little while something is being worked alone. @return whether others may be worked beside us now */
    boolean beginBeside() {
        return begin(lock.readLock(), LITTLE);
    }

    void endBeside() {
        lock.readLock().unlock();
    }

    /** Waits a third of a lease for all others; meanwhile and then none begins. @return whether nothing else is being worked */
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
