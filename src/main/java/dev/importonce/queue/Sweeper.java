package dev.importonce.queue;

/** Removes data that is not needed any more; may run at any time, on any number of machines at once. */
public interface Sweeper {
    /** Name of the data that it removes, in kebab case, for logs and metrics. */
    String name();

    /** One pass, bounded in size. A row that cannot be removed must not prevent the removal of the others. */
    void sweep();
}
