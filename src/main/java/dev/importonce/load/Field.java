package dev.importonce.load;

/**
 * A field of a target.
 *
 * @param name as mappings and JSON have it, camelCase
 * @param maxLength longest value, in characters (UTF-16), after normalising
 * @param normaliser what makes a value canonical
 */
public record Field(String name, int maxLength, Normaliser normaliser) {
    /** A field that takes any text. */
    public static Field text(String name, int maxLength) {
        return new Field(name, maxLength, value -> value);
    }
}
