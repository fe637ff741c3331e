package dev.importonce.queue;

import java.time.Duration;
import java.util.UUID;

/** Work that is ours until its lease runs out. Its {@code toString} names it in logs. */
public interface Claim {
    /** Claims so far, this one included. */
    int attempts();

    /** Of them, those that were never settled. */
    default Deaths deaths() {
        return Deaths.NONE;
    }

    /** What its logs and traces are joined by: the job's id, the first message's. */
    UUID subject();

    /** How long the work had been due. */
    Duration waited();

    /** Items of work in it, at least 1. */
    default int size() {
        return 1;
    }
}
