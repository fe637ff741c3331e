package dev.importonce.target.declare;

import java.util.Map;

/**
 * A field of a declared target.
 *
 * @param field its name, limit, parser and headers
 * @param column the column of the table
 * @param type what it holds
 * @param byDefault the canonical value of a blank cell in a new row; null: the column's own default
 * @param reference the row that a value names, if the type is a reference; else null
 * @param label language to name; may be empty
 * @param example a value as people write it, or null
 */
public record DeclaredField(
        Field field,
        String column,
        FieldType type,
        String byDefault,
        Reference reference,
        Map<String, String> label,
        String example) {}
