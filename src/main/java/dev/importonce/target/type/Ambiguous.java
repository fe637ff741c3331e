package dev.importonce.target.type;

import java.util.List;
import java.util.Optional;

/** A normaliser of values that may mean two things, unless the mapping or the other values of their column say which. */
public interface Ambiguous extends RuledNormaliser {
    /** How the rules say that such values are read, as a part of a mapping, such as {@code numbers.decimal ","}; empty: they do not. */
    Optional<String> reading(ValueRules rules);

    /**
     * The rules with what a column's values say.
     *
     * @param sample values of the column, clean and not blank
     * @param rules those of the mapping
     * @return with the only reading that all these values allow; the same rules if there is none, or if each value can be read
     *     only in one way by itself
     */
    ValueRules evidence(List<String> sample, ValueRules rules);
}
