package dev.importonce.target.merge;

import dev.importonce.target.type.ValueRules;
import java.util.List;
import java.util.Map;

/**
 * Which column of a file goes into which field or attribute.
 *
 * @param columns columns of the file
 * @param fields field name to column index; includes the natural key
 * @param attributes attribute name to column index, in file order; empty when other columns are ignored
 * @param corrected whether the file is a corrected list of rejects, whose formula guards are to be removed
 * @param clears whether a blank cell clears the stored value
 * @param rules the mapping's rules for values
 */
public record Layout(
        List<String> columns,
        Map<String, Integer> fields,
        Map<String, Integer> attributes,
        boolean corrected,
        boolean clears,
        ValueRules rules) {
    /** A layout without rules for values, in which blank cells keep stored values. */
    public Layout(
            List<String> columns, Map<String, Integer> fields, Map<String, Integer> attributes, boolean corrected) {
        this(columns, fields, attributes, corrected, false, ValueRules.NONE);
    }
}
