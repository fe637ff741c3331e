package dev.importonce.target.merge;

import dev.importonce.target.declare.Target;
import java.util.Collections;
import java.util.List;

/**
 * How a row is merged whose natural key exists already.
 *
 * @param skip keep the stored row unchanged
 * @param fields per field of the target, how a value of the file changes the stored value
 * @param attributes the same for attributes, which are merged key by key
 * @param cleared attributes to delete if they are blank in the file
 */
public record MergeRules(boolean skip, List<Rule> fields, Rule attributes, List<String> cleared) {
    /** Rules that leave every stored value. */
    static MergeRules keepAll(Target target) {
        return new MergeRules(false, Collections.nCopies(target.fields().size(), Rule.KEEP), Rule.KEEP, List.of());
    }

    /** How the new value is chosen from the stored value and the file's value. */
    public enum Rule {
        /** The file's value, unless it is blank. */
        KEEP,
        /** The file's value, even if it is blank. */
        CLEAR,
        /** The file's value only if no value is stored. */
        FILL;

        String sql() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
