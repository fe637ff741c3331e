package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.Map;

/**
 * Inserts a share that has only new natural keys: as {@link MergeStatement}, but without any look-up, neither its own nor that
 * of an upsert before each row, and without the confirmation record of an upsert in the write-ahead log. Every key is inserted,
 * so the number of inserted rows is also the number of keys; counting the keys separately would keep a copy of the rows. The
 * guard makes the statement fail before the first row, as an upsert does, if the unique index is missing or not valid.
 *
 * <p>Parameters: those of {@link Taking}, defaults (text[]), the beginning of ids, and the owner, as far as the table has them.
 */
final class InsertStatement {
    /** Not with exists, since PostgreSQL then drops the order and may read another index as a whole. */
    private static final Template VACANT = new Template("""
            select (select 1 from {table} c{of_owner} order by {order} limit 1) is null as vacant
            """);

    private static final Template INSERT = new Template("""
            , job as materialized (
                select {defaults}a.d
                from (select ?::text[] as d) a
            ), guard as (
                insert into {table} ({key_columns})
                select {nulls} where false
                on conflict ({key_columns}) do nothing
            ), made as (
                insert into {table} ({columns})
                select {id_and_owner}{values}
                from (select {typed} from latest s) i
                order by {keys}
                returning 1 as one
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys, 0 as missing, 0 as differing, count(*) as inserted, 0 as updated, null::text[] as refused
            from made
            """);

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

    static String of(TableParts parts) {
        return Taking.share(parts)
                + INSERT.fill(Map.of(
                        "table", parts.table().written(),
                        "defaults", MergeStatement.defaults(parts),
                        "key_columns", parts.keyColumns(),
                        "nulls", nulls(parts),
                        "columns", parts.columns(),
                        "id_and_owner", parts.idAndOwner(each(parts.keys(), ", ", part -> "i." + part.value())),
                        "values", each(parts.staged(), ", ", part -> fresh(parts, part)),
                        "typed",
                                each(
                                        parts.staged(),
                                        ", ",
                                        part -> MergeStatement.typed(parts, part) + " as " + part.value()),
                        "keys", each(parts.keys(), ", ", part -> "i." + part.value())));
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
