package dev.importonce.load;

/**
 * A field of a target.
 *
 * @param name as mappings and JSON have it, camelCase
 * @param maxLength longest value, in characters (UTF-16), after normalising
 * @param normaliser what makes a value canonical
 * @param required whether every mapping and row must have it; those of the natural key must anyway
 */
public record Field(String name, int maxLength, Normaliser normaliser, boolean required) {
    /** A field that may be left out. */
    public Field(String name, int maxLength, Normaliser normaliser) {
        this(name, maxLength, normaliser, false);
    }

    /** A field that takes any text. */
    public static Field text(String name, int maxLength) {
        return new Field(name, maxLength, value -> value);
    }

    /** The same, but required. */
    public Field mandatory() {
        return new Field(name, maxLength, normaliser, true);
    }
}
