package dev.importonce.queue;

import java.util.concurrent.TimeUnit;

/** The rounds of work that are under way in this process, in threads of its own and in cron runs. */
final class Rounds {
    private int running;
    private boolean closed;

    /** @return whether a round may begin; whoever began one ends it */
    synchronized boolean begin() {
        if (closed) return false;
        running++;
        return true;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    /** No round begins any more. */
    synchronized void close() {
        closed = true;
    }

    /**
     * Waits for the end of all rounds.
     *
     * @param deadline as {@link System#nanoTime}
     */
    synchronized void await(long deadline) throws InterruptedException {
        while (running > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) return;
            wait(left);
        }
    }
}
