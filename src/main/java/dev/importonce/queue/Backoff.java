package dev.importonce.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: exponential with full jitter, so that what failed together does not return
 * together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param first the most to wait after the first attempt; doubled after each further one
 * @param most never longer than that
 */
public record Backoff(Duration first, Duration most) {
    /** @param attempts how many there have been, at least 1 */
    public Duration after(int attempts) {
        long bound = most.toMillis();
        if (attempts <= 30) bound = Math.min(bound, first.toMillis() << attempts - 1);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }
}
