package dev.importonce.load;

import java.util.Map;

/**
 * What a mapping says of the values of a file.
 *
 * @param values field name to what is taken instead of a cell's text; both are {@linkplain Cells#clean clean}, and an empty
 *     text is for blank
 * @param dates how dates and times are read
 */
public record ValueRules(Map<String, Map<String, String>> values, Dates dates) {
    /** Values are taken as they are. */
    public static final ValueRules NONE = new ValueRules(Map.of(), Dates.UNSAID);
}
