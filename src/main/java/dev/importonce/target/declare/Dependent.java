package dev.importonce.target.declare;

import java.util.List;

/**
 * A table whose rows are deleted or changed by the database when a row to which they refer is deleted.
 *
 * @param table the table, quoted
 * @param columns its columns, quoted
 * @param referenced the columns to which they refer, quoted, in the same order
 * @param readable whether the service may look for such rows
 */
public record Dependent(String table, List<String> columns, List<String> referenced, boolean readable) {}
