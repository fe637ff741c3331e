package dev.importonce.target.type;

import java.util.List;
import java.util.Optional;

/** A normaliser of numbers: 1,234 may mean two. */
public interface AmbiguousNumber extends Ambiguous {
    @Override
    default Optional<String> reading(ValueRules rules) {
        return rules.numbers().reading();
    }

    @Override
    default ValueRules evidence(List<String> sample, ValueRules rules) {
        return rules.with(Numbers.of(sample));
    }
}
