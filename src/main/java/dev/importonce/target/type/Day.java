package dev.importonce.target.type;

import java.time.LocalDate;

/**
 * A date without a time.
 *
 * @param min the first one; null: any
 * @param max the last one; null: any
 */
public record Day(LocalDate min, LocalDate max) implements RuledNormaliser {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        LocalDate day = rules.dates().day(value);
        if (min != null && day.isBefore(min)) throw new Refused("is before " + min);
        if (max != null && day.isAfter(max)) throw new Refused("is after " + max);
        return day.toString();
    }
}
