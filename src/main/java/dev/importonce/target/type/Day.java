package dev.importonce.target.type;

/** A date without a time. */
public final class Day implements Normaliser {
    @Override
    public String normalise(String value) throws Refused {
        return normalise(value, ValueRules.NONE);
    }

    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        return rules.dates().day(value).toString();
    }
}
