package dev.importonce.target.merge;

import dev.importonce.target.declare.CatalogueColumn;
import dev.importonce.target.declare.CatalogueTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The parts of a declared table that a job writes.
 *
 * @param table what the catalogue says of it
 * @param owner the column of owners; null: the rows belong to nobody
 * @param keys the natural key, beside the owner
 * @param values the other columns
 * @param attributes the column for columns that are not mapped; null: none is written
 * @param id the column that gets ids in the order of the keys; null: new rows have its default
 * @param updatedAt the column that gets the time of an update; null: none does
 * @param skip whether existing rows stay as they are
 * @param all every column that the declaration has, but for owner and key, whether the job writes it or not
 */
record TableParts(
        CatalogueTable table,
        CatalogueColumn owner,
        List<Part> keys,
        List<Part> values,
        Part attributes,
        CatalogueColumn id,
        CatalogueColumn updatedAt,
        boolean skip,
        List<CatalogueColumn> all) {
    boolean isOwned() {
        return owner != null;
    }

    /** All that is staged, in its order. */
    List<Part> staged() {
        List<Part> staged = new ArrayList<>(keys);
        staged.addAll(besideKeys());
        return staged;
    }

    /** All that is staged but for the natural key. */
    List<Part> besideKeys() {
        List<Part> beside = new ArrayList<>(values);
        if (attributes != null) beside.add(attributes);
        return beside;
    }

    /** The values that name rows of other tables. */
    List<Part> linked() {
        return staged().stream().filter(part -> part.link() != null).toList();
    }

    /** The columns that existing rows may get new values in. */
    List<Part> changeable() {
        return skip ? List.of() : besideKeys();
    }

    /** The columns of a new row: those of id and owner first. */
    String columns() {
        String columns = each(staged(), ", ", Part::name);
        if (isOwned()) columns = owner.written().name() + ", " + columns;
        return id == null ? columns : id.written().name() + ", " + columns;
    }

    /**
     * The id of a row that is inserted in the order of the keys. The ids grow in that order, so that the primary key grows like the
     * index of keys, which takes a third off the insert. Parameter: the beginning of the ids (text).
     *
     * @param window the order of the keys, perhaps with a partition
     */
    static String newId(String window) {
        return "(?::text || to_hex(row_number() over (" + window + ") + x'80000000'::bigint))::uuid";
    }

    /** The time of an update, which grows even if the clock does not; {@link #touched()} sets it. */
    String touch() {
        return updatedAt == null
                ? ""
                : ", greatest(now(), c." + updatedAt.written().name() + " + interval '1 microsecond') as touched";
    }

    /** The column of that name, with a comma before it. */
    String touched(String table) {
        return updatedAt == null ? "" : ", " + table + ".touched";
    }

    /** Sets the time of an update. It is computed before: Citus refuses an update that computes with times. */
    String touched() {
        return updatedAt == null ? "" : ", " + updatedAt.written().name() + " = f.touched";
    }

    /** The columns of the unique index. */
    String keyColumns() {
        String columns = each(keys, ", ", Part::name);
        return isOwned() ? owner.written().name() + ", " + columns : columns;
    }

    /** That a row of the table has the key, and therefore the owner, of a row that was looked up. */
    String sameRow() {
        return ofOwner() + each(keys, " and ", part -> "c." + part.name() + " = f." + part.value());
    }

    /** The condition on the owner and the word behind it; its parameter is the owner. */
    String ofOwner() {
        return isOwned() ? "c." + owner.written().name() + " = ?::uuid and " : "";
    }

    static <T> String each(List<T> parts, String between, Function<T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining(between));
    }

    /** @param text gets a part and its place, from 1 on */
    static <T> String eachPlace(List<T> parts, String between, BiFunction<T, Integer, String> text) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> text.apply(parts.get(i), i + 1))
                .collect(Collectors.joining(between));
    }
}
