package dev.importonce.traffic;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How slow a sender may be. Who is slower gives up its place, or its connection: it may be one of many that keep them on purpose. */
@ApplicationScoped
class LeastRate {
    /** So many times the rate while others wait. */
    private static final int CROWDED = 16;

    private final long bytesPerSecond;
    private final Duration grace;
    private final UploadPlaces places;

    LeastRate(TrafficConfig config, UploadPlaces places) {
        bytesPerSecond = config.leastRate().asLongValue();
        grace = config.leastRateGrace();
        this.places = places;
    }

    /** What is asked of uploads just now. */
    long ofUploads() {
        return places.isCrowded() ? CROWDED * bytesPerSecond : bytesPerSecond;
    }

    /** How far behind the rate one may be. */
    Duration grace() {
        return grace;
    }

    /** How long a body of so many bytes may take. */
    Duration longest(int bytes) {
        return grace.plusMillis(1000L * bytes / bytesPerSecond);
    }

    /** What is said to who sends more slowly. */
    ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.SLOW_SENDER,
                "The body comes at less than " + bytesPerSecond
                        + " bytes per second, or at less than " + CROWDED
                        + " times as many while others wait. Send it again over a better line; a large file in pieces.");
    }
}
