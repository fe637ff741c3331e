package dev.importonce.send;

import java.time.Duration;

/**
 * How many messages to claim together: what the provider answers within a moment. All of them are in doubt when their
 * worker dies, so a slow provider gets few at once; a fast one is not held up by a claim per handful.
 */
final class BatchSize {
    static final int LEAST = 64;
    static final int MOST = 500;
    private static final Duration MOMENT = Duration.ofMillis(50);

    private volatile int size = LEAST;

    int next() {
        return size;
    }

    /** @param time from the first request to the last answer of a batch of that many */
    void took(int messages, Duration time) {
        long fit = messages * MOMENT.toNanos() / Math.max(1, time.toNanos());
        // A batch that was not full tells nothing about larger ones.
        int most = messages < size ? size : Math.min(MOST, size * 2);
        size = (int) Math.max(LEAST, Math.min(most, fit));
    }
}
