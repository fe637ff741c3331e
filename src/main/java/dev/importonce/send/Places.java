package dev.importonce.send;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The places for requests to the provider, which all threads and cron runs of this process share. A place is taken before an
 * attempt is recorded, and comes free with the provider's answer. The next attempt need not wait until the outcome of this
 * one is recorded, as long as no more than twice as many attempts as there are places have no recorded outcome: so many
 * messages are in doubt at most if the process is killed.
 */
@ApplicationScoped
class Places {
    private final int requests;
    private final int attempts;
    private int unanswered;
    private int unrecorded;
    private boolean closed;

    Places(SendConfig config) {
        requests = config.concurrency().places();
        attempts = 2 * requests;
    }

    /**
     * Takes places that are free, and waits a while if there is none.
     *
     * @param most at least 1
     * @return number of places taken; 0: none came free, or the process is to end
     */
    synchronized int take(int most, Duration patience) {
        await(() -> free() > 0 || closed, System.nanoTime() + patience.toNanos());
        return takeFree(most);
    }

    /** Takes places that are free, without waiting. @return number of places taken */
    synchronized int takeFree(int most) {
        int taken = closed ? 0 : Math.min(most, free());
        unanswered += taken;
        unrecorded += taken;
        return taken;
    }

    /** Gives places back for which there was no message. */
    synchronized void giveBack(int places) {
        unanswered -= places;
        unrecorded -= places;
        notifyAll();
    }

    /** A request has ended. */
    synchronized void answered() {
        unanswered--;
        notifyAll();
    }

    /** The outcomes of so many attempts are recorded, or never will be. */
    synchronized void recorded(int count) {
        unrecorded -= count;
        notifyAll();
    }

    /** Whether an attempt has to wait. */
    synchronized boolean areTaken() {
        return !closed && free() == 0;
    }

    /** Nothing begins any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void await(BooleanSupplier condition, long deadline) {
        try {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) return;
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int free() {
        return Math.min(requests - unanswered, attempts - unrecorded);
    }
}
