package dev.importonce.cleanup;

import java.util.List;

/**
 * How duplicates of one kind, older than the index that forbids them, become one. Found by CDI. Safe for any number at
 * once and when killed at any point: what a batch did not commit is found again by the next plan.
 */
public interface Cleanup {
    /** What the command line calls it. */
    String name();

    /** Tables without which there is nothing to do. */
    List<String> tables();

    /** Why it must not be applied as things are, a sentence; empty when it may. */
    default String hindrance() {
        return "";
    }

    /** What there is to do now. Only reads, page by page. */
    Plan plan();

    /**
     * Works these groups off in one short transaction. Skips the rows that someone else has locked, and looks again at
     * those that it has: what is no duplicate any more stays as it is. Every row that goes is in dedupe_log first.
     *
     * @return the number of rows written or removed; 0 for groups that others have worked off
     */
    int apply(List<Group> batch);

    /** What keeps new duplicates out once there are none. */
    UniqueIndex index();

    /**
     * What else keeps them out, once the index does.
     *
     * @return what a person has to see to before that can be, in a sentence; empty when nothing is left
     */
    default String finish() {
        return "";
    }
}
