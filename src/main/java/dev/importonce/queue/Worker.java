package dev.importonce.queue;

import java.time.Duration;

/** Processes due items, one claim at a time; any number of workers may run at once, on any machine. */
public interface Worker {
    /** The name of its queue, as in metrics and in paths of the API. */
    String queue();

    /**
     * Claims the work that is due next, if any, and does it until it has an outcome. Failures of the work are settled, not
     * thrown.
     *
     * @param most the maximum number of items to claim, at least 1
     */
    Worked run(int most);

    /**
     * The same, for a caller who has only so much time; kinds of work that need not end what is due may end sooner.
     *
     * @param rest the time that is left
     */
    default Worked run(int most, Duration rest) {
        return run(most);
    }

    /** @return whether anything was due */
    default boolean workOne() {
        return run(Integer.MAX_VALUE).claimed() > 0;
    }

    /** The task of a worker's second thread: the same work, or work that can be done in parallel with it. */
    default boolean assist() {
        return workOne();
    }

    /** Number of items that are due and unclaimed at this moment. */
    long due();

    /** Claims nothing any more. */
    void close();

    /**
     * Waits until the work that this process has claimed has an outcome, also that of cron runs.
     *
     * @param deadline as {@link System#nanoTime}: it waits no longer
     */
    void await(long deadline) throws InterruptedException;

    /** Makes all work that this process holds due at once; if the work still ends here, its outcome is refused. */
    void giveBack();
}
