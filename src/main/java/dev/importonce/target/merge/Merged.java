package dev.importonce.target.merge;

import java.util.List;

/**
 * The result of a merge. The counters and the refused rows add up to the number of staged rows.
 *
 * @param blocks number of blocks whose rows were in staging; if it is less than the job's, staging was lost
 * @param unchanged natural keys that were already stored with the same values
 * @param overridden rows that a later row of the file with the same natural key replaced
 * @param refused rows that the table refuses, in file order
 */
public record Merged(
        int blocks,
        long inserted,
        long updated,
        long unchanged,
        long skipped,
        long overridden,
        List<RefusedRow> refused) {
    /** The result of a chunk that merges nothing. */
    public static final Merged NOTHING = new Merged(0, 0, 0, 0, 0, 0, List.of());
}
