package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;
import static dev.importonce.target.merge.TableParts.eachPlace;

import dev.importonce.target.declare.Dependent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Undoes an import into a declared table, some before-images at a time. Whether a row has changed since is decided by its values,
 * so that imports can be undone one after the other, the last one first, until everything is as it was before all of them:
 *
 * <ul>
 *   <li>a row that the import inserted is deleted if all its declared columns are as the import wrote them, and if no other table
 *       would delete or change its own rows with it; otherwise it is kept unchanged. If somebody has deleted it since, there is
 *       nothing left to undo;
 *   <li>in a row that the import updated, each column and each attribute is treated separately: it gets its former value back if
 *       its value is still the one that the import wrote. If somebody has restored the former value already, nothing is to be
 *       done. Any other value is kept, and reported. If the row has been deleted since, this is reported: nothing is inserted
 *       again.
 * </ul>
 *
 * A row that has an id is found by it, so that another row that got its key since is not taken for it; any other one is found by
 * its key. Rows are written by their place, as in {@link MergeStatement}: a row that another transaction has changed meanwhile is
 * missed, and the counts say so.
 *
 * <p>Parameters: job, user, share, owner, first and last image, names of the key's fields, names of the written fields, names of all
 * fields (text[] each), the owner once for each other table that has it, then the owner three times if the table has one.
 */
final class UndoStatement {
    private static final Template UNDO = new Template("""
            with image as (
                select n, key[1:{number_of_keys}] as key, before, after, {keys_of_image}, {id_of_image} as id
                from target_before_images
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and n between ? and ?
            ), names as materialized (
                select ?::text[] as key, ?::text[] as written, ?::text[] as every
            ), found as materialized (
                select i.*, k.place, k.is_renamed, k.written, k.every, k.is_needed{touched_of_row}
                from image i
                left join lateral (
                    select c.ctid as place, {is_renamed} as is_renamed, {written} as written, {every} as every, {is_needed} as is_needed{touch}
                    from {table} c
                    where {owner}{same}
                    order by c.{found_by}
                    limit 1) k on true
            ), judged as materialized (
                select f.*, f.before is null as inserted,
                       case
                           when f.place is null then case when f.before is not null then 'deleted' end
                           when f.before is null and (f.every <> f.after or true = any (f.is_renamed)) then 'changed'
                           when f.before is null and f.is_needed then 'referenced'
                       end as obstacle,
                       case
                           when f.place is null then '{}'
                           when f.before is null then {changed_of_inserted}
                           else {changed_of_updated}
                       end as changed,
                       f.place is not null and f.before is not null and ({restorable}) as is_restorable{former}
                from found f
            ), removed as (
                delete from {table} c
                using (select * from judged where inserted and place is not null and obstacle is null order by {keys}) f
                where c.ctid = f.place and {same_row}
                returning 1 as one
            ), restored as (
                update {table} c
                set {restored}{touched}
                from (select * from judged where is_restorable order by {keys}) f
                where c.ctid = f.place and {same_row}
                returning 1 as one
            ), kept as (
                select n, id, key, coalesce(obstacle, 'changed') as reason, changed[1:20] as changed
                from judged
                where obstacle is not null or not inserted and changed <> '{}'
            )
            select (select count(*) from judged) as images,
                   (select count(*) from judged where inserted and place is not null and obstacle is null) as removable,
                   (select count(*) from removed) as removed,
                   (select count(*) from judged where is_restorable) as restorable,
                   (select count(*) from restored) as restored,
                   (select count(*) from kept) as kept,
                   array(
                       select (jsonb_build_object('key', jsonb_object((select names.key from names), k.key), 'reason', reason,
                           'fields', to_jsonb(changed)) || jsonb_strip_nulls(jsonb_build_object('id', id)){named})::text
                       from kept k
                       order by n
                       limit 100) as kept_first
            """);

    private static final Template LOCKED = new Template("""
            with image as (
                select {keys_of_image}, {id_of_image} as id
                from target_before_images
                where job_id = ? and user_id = ? and share = ? and owner_id = ? and n between ? and ?
                order by n
            )
            select count(*) as locked
            from image i
            cross join lateral (
                select
                from {table} c
                where {owner}{same}
                order by c.{found_by}
                limit 1
                for update) k
            """);

    private final TableParts parts;

    private UndoStatement(TableParts parts) {
        this.parts = parts;
    }

    /**
     * The statement.
     *
     * @param flat whether a row that is kept is told with the fields of its key beside the object {@code key}, too
     */
    static String of(TableParts parts, List<Dependent> dependents, boolean flat) {
        return new UndoStatement(parts).fill(dependents, flat);
    }

    /**
     * Locks the rows of some images, in the order of their keys. Parameters: job, user, share, owner, first and last image, then the
     * owner if the table has one.
     */
    static String locked(TableParts parts) {
        return LOCKED.fill(new UndoStatement(parts).lookUp());
    }

    private Map<String, String> lookUp() {
        Part last = parts.keys().get(parts.keys().size() - 1);
        Map<String, String> names = new HashMap<>();
        names.put("table", parts.table().written());
        names.put("owner", parts.ofOwner());
        names.put(
                "keys_of_image",
                each(parts.keys(), ", ", part -> part.typed("key[" + part.number() + "]") + " as " + part.value()));
        int keys = parts.keys().size();
        String id = parts.id() == null ? null : parts.id().written().name();
        names.put("number_of_keys", String.valueOf(keys));
        names.put("id_of_image", id == null ? "null::uuid" : "key[" + (keys + 1) + "]::uuid");
        names.put("same", id == null ? MergeStatement.equalKeys(parts) : "c." + id + " between i.id and i.id");
        names.put("found_by", id == null ? last.name() : id);
        return names;
    }

    private String fill(List<Dependent> dependents, boolean flat) {
        List<Part> changeable = parts.changeable();
        Map<String, String> names = lookUp();
        names.put("keys", each(parts.keys(), ", ", Part::value));
        names.put("is_renamed", isRenamed());
        names.put("named", flat ? " || jsonb_object((select names.key from names), k.key)" : "");
        names.put("touch", parts.touch());
        names.put("touched_of_row", parts.touched("k"));
        names.put("touched", parts.touched());
        names.put(
                "same_row",
                parts.id() == null
                        ? parts.sameRow()
                        : parts.ofOwner() + "c." + parts.id().written().name() + " = f.id");
        names.put(
                "written",
                MergeStatement.texts(changeable.stream().map(Part::column).toList()));
        names.put("every", MergeStatement.texts(parts.all()));
        names.put("is_needed", NeededRows.isNeeded(parts, dependents));
        names.put("changed_of_inserted", changedOfInserted());
        names.put("changed_of_updated", changedOfUpdated(changeable));
        names.put("restorable", changeable.isEmpty() ? "false" : eachPlace(changeable, " or ", this::restorable));
        names.put(
                "restored",
                changeable.isEmpty()
                        ? parts.keys().get(0).name() + " = c."
                                + parts.keys().get(0).name()
                        : eachPlace(changeable, ", ", this::restored));
        names.put("former", eachPlace(changeable, "", this::formerValue));
        return UNDO.fill(names);
    }

    private static String changed(int count, IntFunction<String> isChanged, String names) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "case when " + isChanged.apply(i) + " then (select names." + names + "[" + i
                        + "] from names) end")
                .collect(Collectors.joining(", ", "array_remove(array[", "]::text[], null)"));
    }

    /** Of each field of the key, whether the row that was found by its id has another value now. */
    private String isRenamed() {
        if (parts.id() == null) return "array[false]";
        return "array["
                + each(
                        parts.keys(),
                        ", ",
                        part -> part.comparable("c." + part.name()) + " is distinct from "
                                + part.comparable("i." + part.value()))
                + "]";
    }

    private String changedOfInserted() {
        int all = parts.all().size();
        int plain = parts.attributes() == null ? all : all - 1;
        String changed = changed(plain, i -> "f.every[" + i + "] is distinct from f.after[" + i + "]", "every");
        if (parts.id() != null)
            changed = changed(parts.keys().size(), i -> "f.is_renamed[" + i + "]", "key") + " || " + changed;
        return plain == all
                ? changed
                : changed + " || " + changedAttributes(attributes("every", all), "null", attributes("after", all));
    }

    private static String changedAttributes(String stored, String before, String after) {
        return "array(select 'attributes.' || a.name from unnest(changed_since(" + stored + ", " + before + ", " + after
                + ")) a (name))";
    }

    private String changedOfUpdated(List<Part> changeable) {
        int plain = (int)
                changeable.stream().filter(part -> part != parts.attributes()).count();
        String changed = changed(
                plain,
                i -> "f.written[" + i + "] is distinct from f.after[" + i + "] and f.written[" + i
                        + "] is distinct from f.before[" + i + "] and f.before[" + i + "] is distinct from f.after[" + i
                        + "]",
                "written");
        if (plain == changeable.size()) return changed;
        int place = changeable.size();
        return changed + " || " + changedAttributes(attributes("written", place), former(place), later(place));
    }

    private String restorable(Part part, int place) {
        return part == parts.attributes()
                ? attributes("written", place) + " <> undone_values(" + attributes("written", place) + ", "
                        + former(place) + ", " + later(place) + ")"
                : "f.written[" + place + "] is not distinct from f.after[" + place + "] and f.before[" + place
                        + "] is distinct from f.after[" + place + "]";
    }

    private String restored(Part part, int place) {
        if (part == parts.attributes())
            return part.name() + " = undone_values(" + attributes("written", place) + ", " + former(place) + ", "
                    + later(place) + ")";
        return part.name() + " = case when f.written[" + place + "] is not distinct from f.after[" + place
                + "] then f.r" + place + " else c." + part.name() + " end";
    }

    /** Computed before the update, which assigns it: Citus refuses an update that computes with functions that depend on settings. */
    private String formerValue(Part part, int place) {
        if (part == parts.attributes()) return "";
        return ", case when f.place is not null and f.before is not null and f.written[" + place
                + "] is not distinct from f.after[" + place + "] then " + part.typed("f.before[" + place + "]")
                + " end as r"
                + place;
    }

    private static String attributes(String which, int place) {
        return "importonce_object(f." + which + "[" + place + "]::jsonb)";
    }

    private static String former(int place) {
        return "jsonb_beyond(" + attributes("before", place) + ", " + attributes("after", place) + ")";
    }

    private static String later(int place) {
        return "jsonb_beyond(" + attributes("after", place) + ", " + attributes("before", place) + ")";
    }
}
