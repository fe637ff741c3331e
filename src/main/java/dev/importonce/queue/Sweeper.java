package dev.importonce.queue;

/** Removes what nobody needs any more; safe at any time, on any number of machines at once. */
public interface Sweeper {
    /** One pass, bounded in size. */
    void sweep();
}
