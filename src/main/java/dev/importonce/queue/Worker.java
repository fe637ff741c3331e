package dev.importonce.queue;

/** Something that works due items off, one at a time; any number of them may run at once, on any machine. */
public interface Worker {
    /**
     * Claims the next due item, if there is one, and works it to its outcome. Failures of the item are settled, not thrown.
     *
     * @return whether there was one
     */
    boolean workOne();

    /** Makes what this process is working at this moment due at once; its outcome, if one still comes, is refused. */
    void giveBack();
}
