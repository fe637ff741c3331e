package dev.importonce.target.type;

import java.util.Map;

/**
 * A mapping's rules for the values of a file.
 *
 * @param values field name to the replacements for texts of cells; both texts are {@linkplain Cells#clean clean}, and an
 *     empty replacement means blank
 * @param numbers how numbers are read
 * @param dates how dates and times are read
 */
public record ValueRules(Map<String, Map<String, String>> values, Numbers numbers, Dates dates) {
    /** No rules: values are read as they are. */
    public static final ValueRules NONE = new ValueRules(Map.of(), Numbers.UNSAID, Dates.UNSAID);

    ValueRules with(Numbers others) {
        return new ValueRules(values, others, dates);
    }

    ValueRules with(Dates others) {
        return new ValueRules(values, numbers, others);
    }

    /** The rules for cells that a spreadsheet or JSON has as numbers: what is said about numbers is about those in texts. */
    public ValueRules ofNumbers() {
        return with(Numbers.WITH_POINT);
    }
}
