package dev.importonce.target.type;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A moment: with an offset, or local to the mapping's zone.
 *
 * @param min the first one; null: any
 * @param max the last one; null: any
 */
public record Moment(Instant min, Instant max) implements Ambiguous {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        if (min == null && max == null && Plain.isMoment(value)) return value;
        Instant moment = rules.dates().instant(value);
        if (min != null && moment.isBefore(min)) throw new Refused("before-least", min);
        if (max != null && moment.isAfter(max)) throw new Refused("after-most", max);
        return moment.toString();
    }

    @Override
    public boolean assumesUtc(String value, ValueRules rules) {
        return rules.dates().assumesUtc(value);
    }

    @Override
    public Optional<String> reading(ValueRules rules) {
        return rules.dates().reading();
    }

    @Override
    public ValueRules evidence(List<String> sample, ValueRules rules) {
        return rules.with(rules.dates().of(sample, Dates::instant));
    }
}
