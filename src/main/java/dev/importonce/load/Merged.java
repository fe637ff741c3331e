package dev.importonce.load;

/**
 * What a merge did. The figures add up to the rows that were staged.
 *
 * @param blocks blocks whose rows were in staging; fewer than the job has: staging was lost
 * @param unchanged natural keys that were already stored so
 * @param overridden rows that a later row of the file with the same natural key replaced
 */
public record Merged(int blocks, long inserted, long updated, long unchanged, long skipped, long overridden) {
    /** Of a chunk that merges nothing. */
    public static final Merged NOTHING = new Merged(0, 0, 0, 0, 0, 0);
}
