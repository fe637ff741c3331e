package dev.importonce.load;

import java.util.List;
import java.util.Map;

/**
 * Which column of a file goes where.
 *
 * @param columns columns of the file
 * @param fields field name to column index; has the natural key
 * @param attributes attribute name to column index, in file order; empty when other columns are ignored
 * @param corrected whether the file is a corrected list of rejects, whose formula guards are to be taken off
 * @param clears whether a blank cell takes away what is stored
 * @param rules what the mapping says of values
 */
public record Layout(
        List<String> columns,
        Map<String, Integer> fields,
        Map<String, Integer> attributes,
        boolean corrected,
        boolean clears,
        ValueRules rules) {
    /** One that takes values as they are, and in which blank cells leave what is stored. */
    public Layout(
            List<String> columns, Map<String, Integer> fields, Map<String, Integer> attributes, boolean corrected) {
        this(columns, fields, attributes, corrected, false, ValueRules.NONE);
    }
}
