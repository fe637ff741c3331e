package dev.importonce.queue;

/** Something that works due items off, one claim at a time; any number of them may run at once, on any machine. */
public interface Worker {
    /** The name of its queue, as in metrics and addresses. */
    String queue();

    /**
     * Claims what is due next, if anything is, and works it to its outcome. Failures of the work are settled, not thrown.
     *
     * @param most items to claim, at least 1
     */
    Worked run(int most);

    /** @return whether anything was due */
    default boolean workOne() {
        return run(Integer.MAX_VALUE).claimed() > 0;
    }

    /** What the second thread of a worker does: the same, or what can be done beside it. */
    default boolean assist() {
        return workOne();
    }

    /** Items due and unclaimed at this moment. */
    long due();

    /** Makes what this process is working at this moment due at once; its outcome, if one still comes, is refused. */
    void giveBack();
}
