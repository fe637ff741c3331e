package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.Map;

/** The beginnings of a merge's statement: where it takes the rows from. All end with {@code latest}, one row for each natural key. */
final class Taking {
    private static final Template OUT = new Template("""
                delete from target_staging
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and block >= 0
                returning block, row_no, {staged}""");

    private static final Template LEFT = new Template("""
                select owner_id, block, row_no, {staged}
                from target_staging
                where job_id = ? and user_id = ?{of_share} and owner_id = ? and block >= 0""");

    private static final String OF_SHARE = " and share = ?";

    /**
     * Reads rows of staging.
     *
     * <ul>
     *   <li>blocks: counts each block once. A block is staged twice if a merge that held its rows failed while another worker
     *       read the block again;
     *   <li>latest: of the rows with one natural key, the whole last row of the file counts. Whether two keys are one is
     *       decided as the column's type and collation do.
     * </ul>
     */
    private static final Template STAGING = new Template("""
            with share as (
                {share}
            ), blocks as {kept}(
                select distinct on (block) * from share order by block
            ), staged as (
                select {owner}block, unnest(row_no) as row_no, {unnested}
                from blocks
            ), latest as (
                select distinct on ({keys}) * from staged order by {keys}, row_no desc
            )""");

    /** Some rows of a share that was spread. */
    private static final Template ROWS = new Template("""
            with {blocks}latest as (
                select owner_id, block, row_no, {elements}
                from target_rows
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and n between ? and ?
            )""");

    private static final String NO_BLOCKS = "blocks as (select 0 as block, array[]::bigint[] as row_no where false), ";

    private Taking() {}

    /** Takes a share out of staging; parameters: job, user, share, owner. */
    static String share(TableParts parts) {
        return staging(parts, OUT.fill(Map.of("staged", staged(parts))), "materialized ", "");
    }

    /** Reads all of a job's rows, and leaves them where they are; parameters: job, user, owner. */
    static String nothing(TableParts parts) {
        return staging(parts, left(parts, ""), "materialized ", "");
    }

    /** Reads a share, and leaves it where it is; parameters: job, user, share, owner. */
    static String look(TableParts parts) {
        return staging(parts, left(parts, OF_SHARE), "materialized ", "");
    }

    /**
     * As {@link #look}, for a statement that reads its rows once. The rows have their owner: Citus sends an insert to the node of
     * the rows only if the owner comes with them.
     */
    static String once(TableParts parts) {
        return staging(parts, left(parts, OF_SHARE), "", "owner_id, ");
    }

    private static String left(TableParts parts, String ofShare) {
        return LEFT.fill(Map.of("staged", staged(parts), "of_share", ofShare));
    }

    private static String staged(TableParts parts) {
        return each(parts.staged(), ", ", Part::value);
    }

    private static String staging(TableParts parts, String share, String kept, String owner) {
        return STAGING.fill(Map.of(
                "share", share,
                "kept", kept,
                "owner", owner,
                "keys", each(parts.keys(), ", ", Part::told),
                "unnested",
                        each(
                                parts.staged(),
                                ", ",
                                part -> (parts.keys().contains(part)
                                                ? part.keyed("unnest(" + part.value() + ")")
                                                : "unnest(" + part.value() + ")")
                                        + " as " + part.value())));
    }

    /** Parameters: job, user, share, owner, first and last row. */
    static String rows(TableParts parts) {
        return rows(parts, NO_BLOCKS);
    }

    /** As {@link #rows}, for a statement that is to be like the one of {@link #once}. */
    static String rowsOnce(TableParts parts) {
        return rows(parts, "");
    }

    private static String rows(TableParts parts, String blocks) {
        return ROWS.fill(Map.of("blocks", blocks, "elements", each(parts.staged(), ", ", part -> {
            String element = "v[" + part.number() + "]";
            return (parts.keys().contains(part) ? part.keyed(element) : element) + " as " + part.value();
        })));
    }
}
