package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.Map;

/**
 * Inserts a share that has only new natural keys: as {@link MergeStatement}, but without any look-up, neither its own nor that
 * of an upsert before each row, and without the confirmation record of an upsert in the write-ahead log. Every key is inserted,
 * so the number of inserted rows is also the number of keys. The guard fails before the first row, as an upsert does, if the
 * unique index is missing or not valid.
 *
 * <p>The insert reads staging, and another statement empties it: then Citus has the node of the rows insert them, and no row
 * leaves it. For the same reason ids are numbered within the owner; that there is only one spares PostgreSQL a sort by it. Parameters:
 * job, user, share, owner, defaults (text[]); if the table has ids, their beginning and the owner.
 */
final class InsertStatement {
    /** Not with exists, since PostgreSQL then drops the order and may read another index as a whole. */
    private static final Template VACANT = new Template("""
            select (select 1 from {table} c{of_owner} order by {order} limit 1) is null as vacant
            """);

    private static final Template GUARD = new Template("""
            insert into {table} ({key_columns}) select {nulls} where false on conflict ({key_columns}) do nothing
            """);

    private static final Template INSERT = new Template("""
            insert into {table} ({columns})
            {rows}, job as not materialized (
                select {defaults}a.d
                from (select ?::text[] as d) a
            )
            select {id}{owner_value}{values}
            from (select s.owner_id, {typed} from latest s) i{of_owner}
            order by {keys}
            """);

    /** Parameters: job, user, share, owner. */
    static final String TAKEN = """
            with taken as (
                delete from target_staging
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and block >= 0
                returning block, row_no
            )
            select count(*) as blocks, coalesce(sum(rows), 0) as staged
            from (select distinct on (block) block, cardinality(row_no) as rows from taken order by block) b
            """;

    private InsertStatement() {}

    /** Whether the owner has no row yet; parameter: the owner, if the table has one. */
    static String vacant(TableParts parts) {
        return VACANT.fill(Map.of(
                "table",
                parts.table().written(),
                "order",
                each(parts.keys(), ", ", part -> "c." + part.name()),
                "of_owner",
                parts.isOwned() ? " where c." + parts.owner().written().name() + " = ?::uuid" : ""));
    }

    /** Fails if the unique index is missing or not valid; has no parameters. */
    static String guard(TableParts parts) {
        return GUARD.fill(
                Map.of("table", parts.table().written(), "key_columns", parts.keyColumns(), "nulls", nulls(parts)));
    }

    static String of(TableParts parts) {
        return of(parts, Taking.once(parts));
    }

    /**
     * Inserts some rows of a share that was taken apart; with the first and the last row behind the owner among the parameters. The
     * guard has to be run before, in the same transaction.
     */
    static String some(TableParts parts) {
        return of(parts, Taking.rowsOnce(parts));
    }

    private static String of(TableParts parts, String rows) {
        String keys = each(parts.keys(), ", ", part -> "i." + part.value());
        boolean hasId = parts.id() != null;
        return INSERT.fill(Map.of(
                "table",
                parts.table().written(),
                "rows",
                rows,
                "defaults",
                MergeStatement.defaults(parts),
                "columns",
                parts.columns(),
                "owner_value",
                parts.isOwned() ? "i.owner_id, " : "",
                "values",
                each(parts.staged(), ", ", part -> fresh(parts, part)),
                "typed",
                each(parts.staged(), ", ", part -> MergeStatement.typed(parts, part) + " as " + part.value()),
                "id",
                hasId ? TableParts.newId("partition by i.owner_id order by " + keys) + ", " : "",
                "of_owner",
                hasId ? " where i.owner_id = ?::uuid" : "",
                "keys",
                keys));
    }

    private static String fresh(TableParts parts, Part part) {
        if (parts.keys().contains(part)) return "i." + part.value();
        return part == parts.attributes() ? MergeStatement.freshAttributes(part) : part.fresh();
    }

    private static String nulls(TableParts parts) {
        String keys = each(
                parts.keys(), ", ", part -> "null::" + part.column().written().type());
        return parts.isOwned() ? "null::uuid, " + keys : keys;
    }
}
