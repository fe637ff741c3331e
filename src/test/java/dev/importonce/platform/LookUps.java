package dev.importonce.platform;

import java.util.List;
import java.util.regex.Pattern;

/** How a plan looks into a table by an index; statements name a table that they look into {@code k}. */
public final class LookUps {
    private LookUps() {}

    /** The index condition of each; of a partitioned table there is one for each partition. */
    public static List<String> of(String plan, String table) {
        return Pattern.compile("Scan (?:using|on) \\S+ on " + table + "\\S* k(?:_\\d+)?  .*\\n +Index Cond: (.*)")
                .matcher(plan)
                .results()
                .map(look -> look.group(1))
                .toList();
    }

    /** Whether a condition holds that column to one value, as an equality or as the same bound from both sides. */
    public static boolean isForOne(String column, String condition) {
        return condition.contains(column + " = ")
                || condition.contains(column + " >= ") && condition.contains(column + " <= ");
    }
}
