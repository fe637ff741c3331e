package dev.importonce.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: exponential with full jitter, so that attempts that failed together are not
 * repeated together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param first the most to wait after the first attempt; doubled after each further one
 * @param most never longer than that
 */
public record Backoff(Duration first, Duration most) {
    /** @param attempts number of attempts so far, at least 1 */
    public Duration after(int attempts) {
        long bound = most.toMillis();
        if (attempts <= 30) bound = Math.min(bound, first.toMillis() << attempts - 1);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }
}
