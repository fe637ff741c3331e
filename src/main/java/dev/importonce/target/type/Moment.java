package dev.importonce.target.type;

/** A moment: with an offset, or local to the mapping's zone. */
public final class Moment implements Normaliser {
    @Override
    public String normalise(String value) throws Refused {
        return normalise(value, ValueRules.NONE);
    }

    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        return rules.dates().instant(value).toString();
    }

    @Override
    public boolean assumesUtc(String value, ValueRules rules) {
        return rules.dates().assumesUtc(value);
    }
}
