package dev.importonce.target.declare;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target as its operator declares it. What the catalogue says about it is not known yet.
 *
 * @param name its name in mappings: lower case, digits, - and _, at most 63 characters
 * @param label language to name; may be empty
 * @param table schema and name, quoted as in SQL where necessary
 * @param owner whom the rows belong to; null: nobody
 * @param key names of the fields of the natural key, 1 to 8
 * @param attributes a jsonb column for columns that are not mapped; null: none
 * @param fields 1 to 200
 */
public record Declaration(
        String name,
        Map<String, String> label,
        String table,
        Owner owner,
        List<String> key,
        String attributes,
        List<DeclaredField> fields) {
    /** Number of fields of a target. */
    public static final int MOST_FIELDS = 200;

    /** Number of fields of a natural key. */
    public static final int MOST_KEYS = 8;

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
