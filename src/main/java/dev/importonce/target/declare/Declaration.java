package dev.importonce.target.declare;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target as its operator declares it, or as the service ships it. What the catalogue says about it is not known yet.
 *
 * @param name its name in mappings: lower case, digits, - and _, at most 63 characters
 * @param label language to name; may be empty
 * @param table schema and name, quoted as in SQL where necessary; of a shipped one the name alone
 * @param owner whom the rows belong to; null: nobody
 * @param key names of the fields of the natural key, 1 to 8
 * @param filled the columns that the service fills by itself
 * @param fields 1 to 200
 * @param shipped whether it is a part of the service, whose table takes every row that its fields accept
 */
public record Declaration(
        String name,
        Map<String, String> label,
        String table,
        Owner owner,
        List<String> key,
        Filled filled,
        List<DeclaredField> fields,
        boolean shipped) {
    /** Number of fields of a target. */
    public static final int MOST_FIELDS = 200;

    /** Number of fields of a natural key. */
    public static final int MOST_KEYS = 8;

    /**
     * Columns without a field. Each may be null: there is none.
     *
     * @param attributes a jsonb column for the file's columns that are not mapped
     * @param id a uuid column whose values for new rows are of version 7, in the order of the natural keys
     * @param updatedAt a timestamptz column that gets the time of each update, and grows with each
     */
    public record Filled(String attributes, String id, String updatedAt) {}

    /** The column for columns that are not mapped; null: none. */
    public String attributes() {
        return filled.attributes();
    }

    /** The same, as a part of the service. */
    Declaration asShipped() {
        return new Declaration(name, label, table, owner, key, filled, fields, true);
    }

    /** The field to which a field of a mapping belongs, see {@link DeclaredField#mapped}. */
    public Optional<DeclaredField> mapped(String name) {
        return fields.stream()
                .filter(field ->
                        field.mapped().stream().anyMatch(each -> each.name().equals(name)))
                .findFirst();
    }

    /** The field of that name. */
    public Optional<DeclaredField> field(String name) {
        return fields.stream()
                .filter(field -> field.field().name().equals(name))
                .findFirst();
    }
}
