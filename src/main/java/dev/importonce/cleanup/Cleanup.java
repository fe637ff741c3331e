package dev.importonce.cleanup;

import java.util.List;

/**
 * Merges duplicates of one kind that are older than the index that forbids them. CDI finds implementations. Several
 * clean-ups may run at once, and a clean-up may be killed at any point: the next plan finds everything that a batch did not
 * commit.
 */
public interface Cleanup {
    /** Its name on the command line. */
    String name();

    /** Tables that it needs; if one is missing, there is nothing to do. */
    List<String> tables();

    /** The reason why the clean-up must not be applied now, as a sentence; empty when it may be applied. */
    default String hindrance() {
        return "";
    }

    /** The work that is to be done now. Only reads, page by page. */
    Plan plan();

    /**
     * Processes these groups in one short transaction. Skips rows that another transaction has locked, and checks the rows
     * that it has locked again: rows that are not duplicates any more stay unchanged. Every row that is removed is written
     * to dedupe_log before.
     *
     * @return the number of rows written or removed; 0 for groups that others have processed
     */
    int apply(List<Group> batch);

    /** The index that prevents new duplicates once there are none. */
    UniqueIndex index();

    /**
     * Makes further changes that prevent duplicates, after the index exists.
     *
     * @return a sentence that says what a person has to do first; empty when nothing is left
     */
    default String finish() {
        return "";
    }
}
