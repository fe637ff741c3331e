package dev.importonce.queue;

import java.time.Duration;
import java.util.UUID;

/** Work that this worker holds until its lease expires. Its {@code toString} names the claim in logs. */
public interface Claim {
    /** Number of claims of this work so far, including this one. */
    int attempts();

    /** Those of these claims that were never settled. */
    default Deaths deaths() {
        return Deaths.NONE;
    }

    /** The id that its logs and traces have in common: that of the job, or of the first message. */
    UUID subject();

    /** The trace of the request that asked for the work, as in the header {@code traceparent}; null: none. */
    default String traceparent() {
        return null;
    }

    /** How long the work had been due. */
    Duration waited();

    /** Number of items in this claim, at least 1. */
    default int size() {
        return 1;
    }
}
