package dev.importonce.target.declare;

import java.util.List;

/**
 * A row of another table that a cell names, or several cells together.
 *
 * @param table the other table, as in a declaration
 * @param match the columns of it that, with the owner's, are a unique key, 1 to 8; a cell for each has its value
 * @param owner whom the other table's rows belong to; null: nobody
 */
public record Reference(String table, List<String> match, Owner owner) {}
