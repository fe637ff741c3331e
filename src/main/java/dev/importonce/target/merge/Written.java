package dev.importonce.target.merge;

import dev.importonce.postgres.Row;
import java.util.List;

/**
 * The result of a merge's statement.
 *
 * @param blocks number of blocks whose rows were in staging
 * @param staged number of rows that were in staging
 * @param keys number of natural keys
 * @param missing those that were not stored
 * @param differing those whose stored values differ
 * @param inserted rows
 * @param updated rows
 * @param refused for each row whose value names no other row, or several: block, row number, number of the value, and how
 *     many rows it names, with a blank between
 */
record Written(
        int blocks,
        long staged,
        long keys,
        long missing,
        long differing,
        long inserted,
        long updated,
        List<String> refused) {
    static Written of(Row row) {
        return new Written(
                row.integer("blocks"),
                row.bigint("staged"),
                row.bigint("keys"),
                row.bigint("missing"),
                row.bigint("differing"),
                row.bigint("inserted"),
                row.bigint("updated"),
                row.texts("refused"));
    }

    /** The same with the number of inserted rows. */
    Written inserted(int rows) {
        return new Written(blocks, staged, keys, missing, differing, rows, updated, refused);
    }

    /** Whether no other transaction was quicker with one of the rows, and no trigger has dropped one. */
    boolean isWhole() {
        return inserted == missing && updated == differing;
    }
}
