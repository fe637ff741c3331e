package dev.importonce.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: exponential with full jitter, so that what failed together does not return together. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 6;

    private Backoff() {}

    /** @param attempts how many there have been, at least 1 */
    public static Duration after(int attempts) {
        long most = FIRST.toMillis() << Math.min(attempts - 1, MAX_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
