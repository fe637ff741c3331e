package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;
import static dev.importonce.target.merge.TableParts.eachPlace;

import dev.importonce.target.declare.CatalogueColumn;
import dev.importonce.target.declare.CatalogueTable;
import dev.importonce.target.declare.Declaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements about rows of a table with one natural key. The oldest stays: by {@code created_at} if the table has it, then by
 * primary key. Rows without a whole key are equal to no other.
 */
final class DuplicateStatements {
    private static final Template COUNT = new Template("""
            select count(*) filter (where n > 1) as keys, coalesce(sum(n - 1), 0) as surplus,
                   (select count(*) from {table} c where not ({present})) as without
            from (select count(*) as n from {table} c where {present} group by {keys}) d
            """);

    private static final Template EXAMPLES = new Template("""
            select ids[1] as kept, array_to_string(ids[2:20], ', ') as surplus
            from (
                select array_agg({id}::text order by {age}) as ids
                from {table} c
                where {present}
                group by {keys}
                having count(*) > 1
                order by {keys}
                limit 20) d
            """);

    /**
     * <ul>
     *   <li>ranked: the rows by age, and for each the one that stays of its key;
     *   <li>merged: for each key the row that stays, and the oldest value of each column. Values are compared as they are stored,
     *       and read again from texts, as an undo does;
     *   <li>removed, logged: the others, each kept whole;
     *   <li>filled: the row that stays takes over what it lacks.
     * </ul>
     *
     * Places of rows cannot change, since the table is locked. Parameters: the table, twice.
     */
    private static final Template REMOVE = new Template("""
            with ranked as materialized (
                select c.ctid as place, c.tableoid as part, row_number() over w as n, first_value({id}) over w as kept, {id} as id
                from {table} c
                where {present}
                window w as (partition by {keys} order by {age})
            ), merged as materialized (
                select (array_agg(c.ctid order by {age}))[1] as place, (array_agg(c.tableoid order by {age}))[1] as part{oldest}
                from {table} c
                where {present}
                group by {keys}
                having count(*) > 1
            ), removed as (
                delete from {table} c
                using ranked r
                where c.ctid = r.place and c.tableoid = r.part and r.n > 1
                returning r.kept, r.id, to_jsonb(c) as whole
            ), logged as (
                insert into dedupe_log (kind, kept_id, removed_id, removed)
                select 'targets', md5(t.name || kept::text)::uuid, md5(t.name || id::text)::uuid,
                       jsonb_build_object('table', ?::text, 'kept', kept, 'row', whole)
                from removed cross join (select ?::text as name) t
                returning 1 as one
            ){filled}
            select (select count(*) from logged) as removed, (select count(*) from filled) as filled
            """);

    private static final Template FILLED = new Template("""
            , filled as (
                update {table} c
                set {assignments}
                from merged m
                where c.ctid = m.place and c.tableoid = m.part and ({lacks})
                returning 1 as one
            )""");

    private static final String NOTHING_FILLED = ", filled as (select 1 as one where false)";

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");
    private static final Set<String> MOMENTS = Set.of("timestamptz", "timestamp");

    private final CatalogueTable table;
    private final List<CatalogueColumn> keys;
    private final CatalogueColumn attributes;
    private final Map<String, String> names = new HashMap<>();

    DuplicateStatements(CatalogueTable table, Declaration declaration) {
        this.table = table;
        this.keys = keys(table, declaration);
        this.attributes = declaration.attributes() == null
                ? null
                : table.column(declaration.attributes()).orElseThrow();
        names.put("table", table.written());
        names.put("keys", each(keys, ", ", column -> "c." + name(column)));
        names.put("present", each(keys, " and ", column -> "c." + name(column) + " is not null"));
        names.put("age", each(age(table), ", ", column -> "c." + name(column)));
        names.put("id", "jsonb_build_array(" + each(primary(table), ", ", column -> "c." + name(column)) + ")");
    }

    /** Whether the table, as it is now, has the index. */
    boolean isUnique(CatalogueTable now) {
        Set<String> columns = keys.stream().map(CatalogueColumn::name).collect(Collectors.toSet());
        return now.indexes().keys().stream().anyMatch(key -> Set.copyOf(key).equals(columns));
    }

    String count() {
        return COUNT.fill(names);
    }

    String examples() {
        return EXAMPLES.fill(names);
    }

    String lock() {
        return "lock table " + table.written() + " in share row exclusive mode";
    }

    String index() {
        return "create unique index on " + table.written() + " (" + each(keys, ", ", DuplicateStatements::name) + ")";
    }

    String remove() {
        List<CatalogueColumn> columns = fillable();
        Map<String, String> parts = new HashMap<>(names);
        parts.put("oldest", eachPlace(columns, "", (column, i) -> ", " + oldest(column) + " as f" + i));
        parts.put("assignments", eachPlace(columns, ", ", (column, i) -> name(column) + " = " + filled(column, i)));
        parts.put("lacks", eachPlace(columns, " or ", this::lacks));
        parts.put("filled", columns.isEmpty() ? NOTHING_FILLED : FILLED.fill(parts));
        return REMOVE.fill(parts);
    }

    private String oldest(CatalogueColumn column) {
        if (column == attributes)
            return "jsonb_agg(c." + name(column) + " order by " + names.get("age") + ") filter (where jsonb_typeof(c."
                    + name(column) + ") = 'object')";
        return "(array_agg(c." + name(column) + "::text order by " + names.get("age") + ") filter (where not ("
                + blank(column) + ")))[1]";
    }

    private String lacks(CatalogueColumn column, int number) {
        return column == attributes
                ? "c." + name(column) + " is distinct from " + filled(column, number)
                : blank(column) + " and m.f" + number + " is not null";
    }

    private static String blank(CatalogueColumn column) {
        return TEXTS.contains(column.type())
                ? "coalesce(btrim(c." + name(column) + "), '') = ''"
                : "c." + name(column) + " is null";
    }

    /** What the row that stays has afterwards; of its attributes, the oldest value of each. */
    private String filled(CatalogueColumn column, int number) {
        if (column == attributes)
            return "case when jsonb_typeof(coalesce(c." + name(column) + ", '{}')) = 'object' and m.f" + number
                    + " is not null then (select coalesce(jsonb_object_agg(e.key, e.value order by o.n desc), '{}')"
                    + " from jsonb_array_elements(m.f" + number
                    + ") with ordinality o (v, n) cross join jsonb_each(o.v) e)"
                    + " else c." + name(column) + " end";
        return "case when " + blank(column) + " and m.f" + number + " is not null then m.f" + number + "::"
                + column.written().type() + " else c." + name(column) + " end";
    }

    /** Neither keys nor what the database makes. */
    private List<CatalogueColumn> fillable() {
        Set<CatalogueColumn> others = new HashSet<>(keys);
        others.addAll(age(table));
        return table.columns().stream()
                .filter(column -> !others.contains(column)
                        && column.filling() != CatalogueColumn.Filling.GENERATED
                        && column.filling() != CatalogueColumn.Filling.IDENTITY)
                .toList();
    }

    private static List<CatalogueColumn> keys(CatalogueTable table, Declaration declaration) {
        List<CatalogueColumn> keys = new ArrayList<>();
        if (declaration.owner() != null)
            keys.add(table.column(declaration.owner().column()).orElseThrow());
        for (String name : declaration.key())
            keys.add(
                    table.column(declaration.field(name).orElseThrow().column()).orElseThrow());
        return keys;
    }

    /** The columns of the primary key; empty: there is none. */
    static List<CatalogueColumn> primary(CatalogueTable table) {
        return table.indexes().primary().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
    }

    private static List<CatalogueColumn> age(CatalogueTable table) {
        List<CatalogueColumn> age = new ArrayList<>();
        table.column("created_at")
                .filter(column -> MOMENTS.contains(column.type()))
                .ifPresent(age::add);
        age.addAll(primary(table));
        return age;
    }

    private static String name(CatalogueColumn column) {
        return column.written().name();
    }
}
