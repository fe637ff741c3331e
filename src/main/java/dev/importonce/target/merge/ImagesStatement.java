package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import dev.importonce.target.declare.CatalogueColumn;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges rows into a declared table and keeps before-images, in three statements, since Citus routes only one insert in each:
 *
 * <ul>
 *   <li>images: as {@link MergeStatement}, but instead of the new rows it inserts what an undo needs: the key with the id, if the
 *       table has one, as its last element; the values that an updated row had, and those that it has now, after its triggers; of a
 *       new row, what it will have;
 *   <li>rows: inserts the new rows from their images;
 *   <li>reread: replaces the images of new rows by what the table has made of them, if it makes anything of them. With {@code offset
 *       0}, as the texts would else be computed by the update.
 * </ul>
 *
 * Parameters of the first: those of {@link MergeStatement} up to those of {@link Told}, then job, user, share, owner, the
 * number of the last image before, and the beginning of ids if the table has them.
 */
final class ImagesStatement {
    private static final String NOT_WRITTEN = "null";

    /** Types whose values have one text each, whatever column they are in; what is too long for a varchar is refused. */
    private static final Set<String> STORED_AS_WRITTEN = Set.of(
            "text", "varchar", "bool", "int2", "int4", "int8", "float4", "float8", "uuid", "date", "jsonb", "_text");

    private static final Template IMAGES = new Template("""

            insert into target_before_images (job_id, user_id, share, owner_id, n, key, before, after)
            select ?::uuid, ?::uuid, ?::integer, ?::uuid, ?::integer + row_number() over (order by key), key, before, after
            from (
                {updated}
                select array[{keys}{new_id}]::text[] as key, null::text[] as before, array[{after}]::text[] as after
                from found
                where place is null and refused is null) i
            """);

    private static final Template UPDATED = new Template("""
            select array[{keys}{id}]::text[] as key, array[{before}]::text[] as before, array[{after}]::text[] as after
                from changed
                union all""");

    private static final Template ROWS = new Template("""
            insert into {table} ({columns})
            select {id}{owner_value}{keys}{values}
            from (
                select owner_id, {typed_keys}{id_of_key}, after
                from target_before_images
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and n > ? and before is null) i
            order by {keys}
            on conflict ({key_columns}) do nothing
            """);

    private static final Template REREAD = new Template("""
            update target_before_images b
            set after = f.after
            from (
                select i.n, {texts} as after
                from (
                    select n, {typed_keys}
                    from target_before_images
                    where job_id = ? and user_id = ? and share = ? and owner_id = ? and n > ? and before is null) i
                join {table} c on {owner}{equal_keys}
                offset 0) f
            where b.job_id = ? and b.user_id = ? and b.share = ? and b.owner_id = ? and b.n = f.n
            """);

    private ImagesStatement() {}

    static Writing of(TableParts parts, String taking) {
        return new Writing(images(parts, taking), rows(parts), isReread(parts) ? reread(parts) : null);
    }

    private static String images(TableParts parts, String taking) {
        boolean updates = !parts.changeable().isEmpty();
        String returned = each(parts.keys(), ", ", part -> "c." + part.name() + " as k" + part.number())
                + (parts.id() == null ? ", " : ", c." + parts.id().written().name() + " as id, ")
                + each(
                        parts.changeable(),
                        ", ",
                        part -> "f." + part.stored() + " as b" + part.number() + ", c." + part.name() + " as a"
                                + part.number());
        return taking
                + MergeStatement.lookedUp(parts)
                + (updates ? MergeStatement.changed(parts, returned) : MergeStatement.NOTHING_CHANGED)
                + Told.ofMerge()
                + IMAGES.fill(Map.of(
                        "updated", updates ? updated(parts) : "",
                        "keys", each(parts.keys(), ", ", part -> part.value() + "::text"),
                        "new_id", newId(parts),
                        "after",
                                parts.all().stream()
                                        .map(column -> written(parts, column, part -> part.written() + "::text"))
                                        .collect(Collectors.joining(", "))));
    }

    private static String newId(TableParts parts) {
        return parts.id() == null
                ? ""
                : ", " + TableParts.newId("order by " + each(parts.keys(), ", ", Part::value)) + "::text";
    }

    private static String updated(TableParts parts) {
        return UPDATED.fill(Map.of(
                "keys", each(parts.keys(), ", ", part -> "k" + part.number() + "::text"),
                "id", parts.id() == null ? "" : ", id::text",
                "before", each(parts.changeable(), ", ", part -> "b" + part.number() + "::text"),
                "after", each(parts.changeable(), ", ", part -> "a" + part.number() + "::text")));
    }

    private static String rows(TableParts parts) {
        return ROWS.fill(Map.of(
                "table", parts.table().written(),
                "columns", parts.columns(),
                "key_columns", parts.keyColumns(),
                "id", parts.id() == null ? "" : "i.id, ",
                "id_of_key", parts.id() == null ? "" : ", key[" + (parts.keys().size() + 1) + "]::uuid as id",
                "owner_value", parts.isOwned() ? "i.owner_id, " : "",
                "keys", each(parts.keys(), ", ", part -> "i." + part.value()),
                "typed_keys", typedKeys(parts),
                "values",
                        each(
                                parts.besideKeys(),
                                "",
                                part -> ", "
                                        + part.typed("i.after[" + (parts.all().indexOf(part.column()) + 1) + "]"))));
    }

    private static String reread(TableParts parts) {
        return REREAD.fill(Map.of(
                "texts", MergeStatement.texts(parts.all()),
                "typed_keys", typedKeys(parts),
                "table", parts.table().written(),
                "owner", parts.ofOwner(),
                "equal_keys", each(parts.keys(), " and ", part -> "c." + part.name() + " = i." + part.value())));
    }

    private static String typedKeys(TableParts parts) {
        return each(parts.keys(), ", ", part -> part.typed("key[" + part.number() + "]") + " as " + part.value());
    }

    /**
     * Whether new rows may differ from what is written: by defaults of columns that the job does not write, by triggers, or by
     * the length and scale of a column, with which 13 becomes 13.00.
     */
    private static boolean isReread(TableParts parts) {
        return parts.table().mayDropRows()
                || parts.all().stream()
                        .anyMatch(column -> !STORED_AS_WRITTEN.contains(column.type())
                                || written(parts, column, Part::name).equals(NOT_WRITTEN));
    }

    private static String written(TableParts parts, CatalogueColumn column, Function<Part, String> text) {
        return parts.besideKeys().stream()
                .filter(part -> part.column().equals(column))
                .findFirst()
                .map(text)
                .orElse(NOT_WRITTEN);
    }
}
