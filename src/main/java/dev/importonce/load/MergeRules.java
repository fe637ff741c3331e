package dev.importonce.load;

import java.util.List;

/**
 * What becomes of a natural key that is already there.
 *
 * @param skip leave it as it is
 * @param fields per field of the target, what a value of the file does to the stored one
 * @param attributes the same for attributes, which are merged key by key
 * @param cleared attributes to take away where the file has them blank
 */
public record MergeRules(boolean skip, List<Rule> fields, Rule attributes, List<String> cleared) {
    /** How a stored value and one from the file become one. */
    public enum Rule {
        /** The file's, unless it is blank. */
        KEEP,
        /** The file's, also when it is blank. */
        CLEAR,
        /** The file's only where nothing is stored. */
        FILL;

        String sql() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
