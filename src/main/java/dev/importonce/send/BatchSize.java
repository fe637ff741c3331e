package dev.importonce.send;

import java.time.Duration;

/**
 * The number of messages to claim together: as many as the provider answers within a short time. If a worker crashes, the
 * outcomes of all its claimed messages are unknown, so that a slow provider gets few messages at once; with a fast provider,
 * larger claims save time.
 */
final class BatchSize {
    static final int LEAST = 64;
    static final int MOST = 500;
    private static final Duration MOMENT = Duration.ofMillis(50);

    private volatile int size = LEAST;

    int next() {
        return size;
    }

    /** @param time the time from the first request to the last answer of a batch with this number of messages */
    void took(int messages, Duration time) {
        long fit = messages * MOMENT.toNanos() / Math.max(1, time.toNanos());
        // A batch that was not full gives no information about larger batches.
        int most = messages < size ? size : Math.min(MOST, size * 2);
        size = (int) Math.max(LEAST, Math.min(most, fit));
    }
}
