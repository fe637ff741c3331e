package dev.importonce.target.type;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A date without a time.
 *
 * @param min the first one; null: any
 * @param max the last one; null: any
 */
public record Day(LocalDate min, LocalDate max) implements Ambiguous {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        if (min == null && max == null && Plain.isDay(value)) return value;
        LocalDate day = rules.dates().day(value);
        if (min != null && day.isBefore(min)) throw new Refused("before-least", min);
        if (max != null && day.isAfter(max)) throw new Refused("after-most", max);
        return day.toString();
    }

    @Override
    public Optional<String> reading(ValueRules rules) {
        return rules.dates().reading();
    }

    @Override
    public ValueRules evidence(List<String> sample, ValueRules rules) {
        return rules.with(rules.dates().of(sample, Dates::day));
    }
}
