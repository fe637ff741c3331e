package dev.importonce.target.declare;

import dev.importonce.target.type.Normaliser;
import java.util.List;

/**
 * A field of a target.
 *
 * @param name its name in mappings and JSON, camelCase
 * @param maxLength longest value, in characters (UTF-16), after normalising
 * @param normaliser makes a value canonical
 * @param headers usual names of its column in files, in any language; the field's own name need not be listed
 * @param required whether every mapping and row must have it; fields of the natural key are always required
 */
public record Field(String name, int maxLength, Normaliser normaliser, List<String> headers, boolean required) {
    /** A field that may be left out. */
    public Field(String name, int maxLength, Normaliser normaliser, List<String> headers) {
        this(name, maxLength, normaliser, headers, false);
    }

    /** A field that takes any text. */
    public static Field text(String name, int maxLength, String... headers) {
        return new Field(name, maxLength, value -> value, List.of(headers));
    }

    /** The same field, but required. */
    public Field mandatory() {
        return new Field(name, maxLength, normaliser, headers, true);
    }
}
