package dev.importonce.target.merge;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import java.util.Map;

/**
 * What a statement has found out that writes new rows. Citus routes no statement with an insert in its {@code with}, so that such
 * a statement is an insert itself and cannot return counts: it leaves them in a row of staging, which is made before and taken
 * away after it, in the same transaction. Parameters of each statement: job, user, share, owner.
 */
final class Told {
    /** Of the row of staging that is not a block's. */
    private static final String MAKE = """
            insert into target_staging (job_id, user_id, share, owner_id, block, row_no, id) values (?, ?, ?, ?, -1, '{}', '{}')
            """;

    private static final String TAKE = """
            delete from target_staging
            where job_id = ? and user_id = ? and share = ? and owner_id = ? and block = -1
            returning row_no[1] as blocks, row_no[2] as staged, row_no[3] as keys, row_no[4] as missing, row_no[5] as differing,
                row_no[6] as updated, v1 as refused
            """;

    private static final Template TOLD = new Template("""
            , told as (
                update target_staging
                set row_no = array[
                        (select count(*) from blocks), (select coalesce(sum(cardinality(row_no)), 0) from blocks),
                        {counts}]::bigint[]{refused}
                {source}
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and block = -1
            )""");

    private static final String OF_FOUND = """
            from (
                    select count(*) as keys,
                           count(*) filter (where place is null and refused is null) as missing,
                           count(*) filter (where differs and refused is null) as differing,
                           array_agg(block || ' ' || row_no || ' ' || refused order by row_no) filter (where refused is not null) as refused
                    from found) f""";

    private Told() {}

    /** The part of a merge that tells. */
    static String ofMerge() {
        return TOLD.fill(Map.of(
                "counts", "f.keys, f.missing, f.differing, (select count(*) from changed)",
                "refused", ", v1 = f.refused",
                "source", OF_FOUND));
    }

    /** The part of another statement that takes a share out of staging. */
    static String ofTaking() {
        return TOLD.fill(Map.of("counts", "0, 0, 0, 0", "refused", "", "source", ""));
    }

    /** Runs the statement. */
    static Written by(Sql sql, Object[] place, String statement, Object... args) {
        sql.update(MAKE, place);
        int inserted = sql.update(statement, args);
        return sql.one(TAKE, row -> written(row, inserted), place);
    }

    private static Written written(Row row, int inserted) {
        return new Written(
                row.integer("blocks"),
                row.bigint("staged"),
                row.bigint("keys"),
                row.bigint("missing"),
                row.bigint("differing"),
                inserted,
                row.bigint("updated"),
                row.texts("refused"));
    }
}
