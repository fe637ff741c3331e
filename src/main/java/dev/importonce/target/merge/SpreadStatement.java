package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.Map;

/**
 * Takes a share out of staging and keeps its rows one by one, numbered in the order of their natural keys, so that some of them
 * can be merged at a time. Parameters: those of {@link Taking}, then job, user, share.
 */
final class SpreadStatement {
    private static final Template SPREAD = new Template("""
            , spread as (
                insert into target_rows (job_id, user_id, share, n, block, row_no, v)
                select ?::uuid, ?::uuid, ?::integer, row_number() over (order by {keys}), block, row_no, array[{texts}]
                from latest
                returning 1 as one
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys
            from spread
            """);

    private SpreadStatement() {}

    static String of(TableParts parts) {
        return Taking.share(parts)
                + SPREAD.fill(Map.of(
                        "keys", each(parts.keys(), ", ", Part::told),
                        "texts", each(parts.staged(), ", ", part -> "(" + part.value() + ")::text collate \"C\"")));
    }
}
