package dev.importonce.queue;

/** Work that is ours until its lease runs out. Its {@code toString} names it in logs. */
public interface Claim {
    /** Claims so far, this one included. */
    int attempts();

    /** Items of work in it, at least 1. */
    default int size() {
        return 1;
    }
}
