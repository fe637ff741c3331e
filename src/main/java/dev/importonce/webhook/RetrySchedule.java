package dev.importonce.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When an event is tried again that was not delivered; the delays are those that Standard Webhooks proposes. */
final class RetrySchedule {
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** Otherwise a receiver could keep events here for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /** Up to a tenth more, so that what failed together is not tried again together. */
    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /**
     * How long to wait after an attempt.
     *
     * @param tries the number of the attempt that failed, from 1
     * @param askedFor how long the receiver asked to wait, or null; more than a day counts as a day
     * @return empty: it was the last one
     */
    static Optional<Duration> after(int tries, Duration askedFor, RandomGenerator random) {
        if (tries > DELAYS.size()) return Optional.empty();
        Duration planned = DELAYS.get(tries - 1);
        Duration least = askedFor == null ? planned : shorter(askedFor, LONGEST_WAIT);
        long millis = (planned.compareTo(least) > 0 ? planned : least).toMillis();
        return Optional.of(Duration.ofMillis(millis + (long) (millis * JITTER * random.nextDouble())));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
