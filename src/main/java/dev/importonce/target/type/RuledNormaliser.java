package dev.importonce.target.type;

/** A normaliser of values to which the mapping's rules may give another meaning. Suggestions ask it without rules. */
public interface RuledNormaliser extends Normaliser {
    @Override
    default String normalise(String value) throws Refused {
        return normalise(value, ValueRules.NONE);
    }

    @Override
    String normalise(String value, ValueRules rules) throws Refused;
}
