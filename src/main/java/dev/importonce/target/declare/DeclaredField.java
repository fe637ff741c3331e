package dev.importonce.target.declare;

import java.util.List;
import java.util.Map;

/**
 * A field of a declared target.
 *
 * @param field its name, limit, parser and headers
 * @param column the column of the table
 * @param type what it holds
 * @param byDefault the canonical value of a blank cell in a new row; null: the column's own default
 * @param reference the row that a value names, if the type is a reference; else null
 * @param rules what its values must be, for those who fill it
 * @param description what people call it
 */
public record DeclaredField(
        Field field,
        String column,
        FieldType type,
        String byDefault,
        Reference reference,
        Rules rules,
        Description description) {
    /**
     * What mappings have for it: the field itself; for a reference by several columns one field for each of them, named as in
     * {@code supplier.code}, since each has a column of the file.
     */
    public List<Field> mapped() {
        if (reference == null || reference.match().size() == 1) return List.of(field);
        return reference.match().stream().map(this::part).toList();
    }

    private Field part(String match) {
        return new Field(
                field.name() + "." + match,
                field.maxLength(),
                field.normaliser(),
                field.headers().stream().map(header -> header + " " + match).toList(),
                field.required());
    }

    /**
     * The rules of a field's values, as they were declared.
     *
     * @param pattern RE2; null: any text
     * @param min the smallest value; null: any
     * @param max the largest value; null: any
     * @param scale most decimals; null: any number of them
     * @param values the only values; empty: any
     * @param region where phone numbers without a country code are; null: each has one
     */
    public record Rules(String pattern, String min, String max, Integer scale, List<String> values, String region) {}

    /**
     * What people call a field.
     *
     * @param label language to name; may be empty
     * @param text what is in it, or null
     * @param example a value as people write it, or null
     */
    public record Description(Map<String, String> label, String text, String example) {}
}
