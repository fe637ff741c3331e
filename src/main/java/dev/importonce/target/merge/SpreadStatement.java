package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.Map;

/**
 * Takes a share out of staging and keeps its rows one by one, numbered in the order of their natural keys, so that some of them
 * can be merged at a time. To be run by {@link Told}. Parameters: those of {@link Taking} twice, the
 * second time for what it tells, and once more.
 */
final class SpreadStatement {
    private static final Template SPREAD = new Template("""

            insert into target_rows (job_id, user_id, share, owner_id, n, block, row_no, v)
            select ?::uuid, ?::uuid, ?::integer, ?::uuid, row_number() over (order by {keys}), block, row_no, array[{texts}]
            from latest
            """);

    private SpreadStatement() {}

    static String of(TableParts parts) {
        return Taking.share(parts)
                + Told.ofTaking()
                + SPREAD.fill(Map.of(
                        "keys", each(parts.keys(), ", ", Part::told),
                        "texts", each(parts.staged(), ", ", part -> "(" + part.value() + ")::text collate \"C\"")));
    }
}
