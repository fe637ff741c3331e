package dev.importonce.queue;

/** Removes what nobody needs any more; safe at any time, on any number of machines at once. */
public interface Sweeper {
    /** What it removes, in kebab case: for logs and metrics. */
    String name();

    /** One pass, bounded in size. What cannot be removed must not keep the rest. */
    void sweep();
}
