package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import dev.importonce.target.declare.CatalogueColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges rows into a declared table, in one statement:
 *
 * <ul>
 *   <li>latest: the rows, one for each natural key;
 *   <li>found: what is stored for each key, and what is to be stored. The lateral query has a limit and an order, so that each
 *       key is looked up by the index of natural keys; it has between instead of = for the last column, since with = the
 *       planner knows that there is nothing to sort, and may choose any index. Nothing is computed twice: {@code offset 0}
 *       keeps the planner from copying an expression into each place that uses its value;
 *   <li>changed: updates the existing rows that differ, in the order of their keys. It finds a row by its place, which is another
 *       one as soon as another transaction has changed the row: such a row is not updated. It assigns what found has computed:
 *       Citus refuses an update that computes with functions that depend on settings;
 *   <li>told: the counts, for {@link Told};
 *   <li>the insert of the new keys, in their order. A key that another transaction has inserted since is not inserted.
 * </ul>
 *
 * All updates come before all inserts, each in the order of keys, so that two merges that meet do not wait for each other in
 * a circle. The counts tell whether a row was missed, because another transaction was quicker: then the statement is rolled
 * back and repeated, with what that transaction has stored.
 *
 * <p>Parameters: those of {@link Taking}, then defaults (text[]), rule of the attributes, cleared attributes (text[]), the
 * owner once for each linked table that has one, then the owner of the looked up and of the updated rows if the table has one,
 * those of {@link Told}, and the beginning of ids and the owner of the new rows, as far as the table has them.
 */
final class MergeStatement {
    private static final Template LOOKED_UP = new Template("""
            , job as materialized (
                select {defaults}a.rule as attribute_rule, a.cleared
                from (select ?::text[] as d, ?::text as rule, ?::text[] as cleared) a
            ), found as materialized (
                select {found}, {differs} as differs
                from (
                    select i.block, i.row_no, i.refused, {keys_of_row}, k.place{stored}{merged}{touched}
                    from (
                        select s.block, s.row_no, {refused} as refused, {typed}
                        from latest s{links}
                        offset 0
                    ) i
                    left join lateral (
                        select c.ctid as place{columns_found}{touch}
                        from {table} c
                        where {owner}{equal_keys}
                        order by c.{last_key}
                        limit 1{locking}) k on true
                    offset 0
                ) f
            )""");

    /** Waits for the updates, so that all merges write in one order. */
    private static final Template MADE = new Template("""

            insert into {table} as c ({columns})
            select {id_and_owner}{keys}{new_values}
            from found
            where place is null and refused is null and (select count(*) from changed) >= 0
            order by {keys}
            on conflict ({key_columns}) do nothing
            """);

    private static final Template CHANGED = new Template("""
            , changed as (
                update {table} c
                set {assignments}
                from (select * from found where differs and refused is null order by {keys}) f
                where c.ctid = f.place and {same_row}
                returning {returned}
            )""");

    private static final String FORESEEN = """

            select 0 as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys,
                   count(*) filter (where place is null) as missing,
                   count(*) filter (where differs) as differing,
                   count(*) filter (where place is null) as inserted,
                   count(*) filter (where differs) as updated,
                   null::text[] as refused
            from found
            """;

    private static final String LOCKED = """

            select count(place) as locked from found
            """;

    static final String NOTHING_CHANGED = ", changed as (select 1 as one where false)";

    private MergeStatement() {}

    /**
     * The statement, to be run by {@link Told}.
     *
     * @param taking where the rows come from
     */
    static String of(TableParts parts, String taking) {
        return taking
                + LOOKED_UP.fill(lookUp(parts, written(parts), ""))
                + (parts.changeable().isEmpty() ? NOTHING_CHANGED : changed(parts, "1 as one"))
                + Told.ofMerge()
                + MADE.fill(Map.of(
                        "table", parts.table().written(),
                        "columns", parts.columns(),
                        "key_columns", parts.keyColumns(),
                        "id_and_owner", id(parts) + (parts.isOwned() ? "?::uuid, " : ""),
                        "keys", each(parts.keys(), ", ", Part::value),
                        "new_values", afterComma(parts, Part::written)));
    }

    private static String id(TableParts parts) {
        return parts.id() == null ? "" : TableParts.newId("order by " + each(parts.keys(), ", ", Part::value)) + ", ";
    }

    /** What is stored for each key, and what is to be stored; its parameters are those up to the first owner of the table. */
    static String lookedUp(TableParts parts) {
        return LOOKED_UP.fill(lookUp(parts, "f.*", ""));
    }

    /** Locks what is stored for each key, in the order of keys; parameters: those of {@code taking} and of {@link #lookedUp}. */
    static String locked(TableParts parts, String taking) {
        return taking + LOOKED_UP.fill(lookUp(parts, "f.place", " for no key update")) + LOCKED;
    }

    /**
     * The merge without its writes, for a table that refuses no row: its result is as if all had been written; parameters: job,
     * user, owner, those of {@link #lookedUp}.
     */
    static String foreseen(TableParts parts) {
        return Taking.nothing(parts) + LOOKED_UP.fill(lookUp(parts, "f.place", "")) + FORESEEN;
    }

    /** The values of a row, as texts that can be read again without loss. */
    static String texts(List<CatalogueColumn> columns) {
        return columns.stream()
                .map(column -> "c." + column.written().name() + "::text")
                .collect(Collectors.joining(", ", "array[", "]::text[]"));
    }

    /** @param returned what the update returns */
    static String changed(TableParts parts, String returned) {
        return CHANGED.fill(Map.of(
                "returned", returned,
                "table", parts.table().written(),
                "assignments",
                        each(parts.changeable(), ", ", part -> part.name() + " = f." + part.written())
                                + parts.touched(),
                "keys", each(parts.keys(), ", ", Part::value),
                "same_row", parts.sameRow()));
    }

    /** What is kept of each row that is found: without what is stored, as many rows need half of the memory. */
    private static String written(TableParts parts) {
        return "f.block, f.row_no, f.refused, f.place, "
                + each(parts.keys(), ", ", part -> "f." + part.value())
                + afterComma(parts, part -> "f." + part.written())
                + (parts.updatedAt() == null ? "" : ", f.touched");
    }

    private static Map<String, String> lookUp(TableParts parts, String found, String locking) {
        Part last = parts.keys().get(parts.keys().size() - 1);
        Map<String, String> names = new HashMap<>();
        names.put("table", parts.table().written());
        names.put("owner", parts.ofOwner());
        names.put("last_key", last.name());
        names.put("equal_keys", equalKeys(parts));
        names.put("keys_of_row", each(parts.keys(), ", ", part -> "i." + part.value()));
        names.put("columns_found", afterComma(parts, part -> "c." + part.name() + " as " + part.stored()));
        names.put("stored", afterComma(parts, part -> "k." + part.stored()));
        names.put("merged", afterComma(parts, part -> merged(parts, part) + " as " + part.written()));
        names.put("differs", differs(parts));
        names.put("defaults", defaults(parts));
        names.put("typed", each(parts.staged(), ", ", part -> typed(parts, part) + " as " + part.value()));
        names.put("links", LinkedRows.lookUps(parts));
        names.put("refused", LinkedRows.refused(parts));
        names.put("found", found);
        names.put("locking", locking);
        names.put("touch", parts.touch());
        names.put("touched", parts.touched("k"));
        return names;
    }

    /** The declaration's values for blank cells, each in its column's type. */
    static String defaults(TableParts parts) {
        return each(
                parts.staged().stream().filter(Part::hasDefault).toList(),
                "",
                part -> "(a.d[" + part.number() + "])::"
                        + part.column().written().type() + " as d" + part.number() + ", ");
    }

    static String typed(TableParts parts, Part part) {
        if (part.link() != null) return part.typed("l" + part.number() + ".id");
        return parts.keys().contains(part) ? "s." + part.value() : part.typed("s." + part.value());
    }

    private static String merged(TableParts parts, Part part) {
        if (part != parts.attributes()) return part.merged();
        return "case when k.place is null then " + freshAttributes(part) + " else merge_attributes(k." + part.stored()
                + ", i." + part.value() + ", (select attribute_rule from job), (select cleared from job)) end";
    }

    static String freshAttributes(Part part) {
        return "coalesce(i." + part.value() + (part.byDefault() == null ? "" : ", " + part.byDefault()) + ", '{}')";
    }

    private static String differs(TableParts parts) {
        if (parts.changeable().isEmpty()) return "false";
        return "f.place is not null and ("
                + each(parts.changeable(), ", ", part -> part.comparable("f." + part.stored()))
                + ") is distinct from ("
                + each(parts.changeable(), ", ", part -> part.comparable("f." + part.written())) + ")";
    }

    /** With between for the last one, as {@link MergeStatement} says. */
    static String equalKeys(TableParts parts) {
        Part last = parts.keys().get(parts.keys().size() - 1);
        return each(
                parts.keys(),
                " and ",
                part -> part == last
                        ? "c." + part.name() + " between i." + part.value() + " and i." + part.value()
                        : "c." + part.name() + " = i." + part.value());
    }

    private static String afterComma(TableParts parts, Function<Part, String> text) {
        return each(parts.besideKeys(), "", part -> ", " + text.apply(part));
    }
}
