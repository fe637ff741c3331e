package dev.importonce.traffic;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The lowest rate at which a sender may send. A slower sender loses its place or its connection: it may be one of many that
 * are slow on purpose.
 */
@ApplicationScoped
class LeastRate {
    /** Factor of the rate while others wait. */
    private static final int CROWDED = 16;

    private final long bytesPerSecond;
    private final Duration grace;
    private final UploadPlaces places;

    LeastRate(TrafficConfig config, UploadPlaces places) {
        bytesPerSecond = config.leastRate().asLongValue();
        grace = config.leastRateGrace();
        this.places = places;
    }

    /** The rate that uploads need at this moment. */
    long ofUploads() {
        return places.isCrowded() ? CROWDED * bytesPerSecond : bytesPerSecond;
    }

    /** How far a sender may be behind the rate. */
    Duration grace() {
        return grace;
    }

    /** How long a body with this number of bytes may take. */
    Duration longest(int bytes) {
        return grace.plusMillis(1000L * bytes / bytesPerSecond);
    }

    /** The problem for a sender that is slower. */
    ProblemException tooSlow() {
        return new ProblemException(ProblemType.SLOW_SENDER, Sentence.of("body-too-slow", bytesPerSecond, CROWDED));
    }
}
