package dev.importonce.integrity;

import java.util.List;

/**
 * A check of the database, as data. Its count is the sum of the counts of its parts; 0 is good.
 *
 * @param name in kebab case; never changes
 */
record Check(String name, List<Part> parts) {
    /**
     * @param tables the tables that the part reads; if one is missing, the part counts as good
     * @param sql whole statement without parameters that returns one row: {@code count}, and {@code detail}, what is
     *     wrong in words and ids without personal data, or null
     */
    record Part(List<String> tables, String sql) {}

    /** A check with one statement on one table. */
    static Check of(String name, String table, String sql) {
        return new Check(name, List.of(new Part(List.of(table), sql)));
    }
}
