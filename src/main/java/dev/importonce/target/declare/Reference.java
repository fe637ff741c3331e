package dev.importonce.target.declare;

import java.util.List;

/**
 * A row of another table that a cell names.
 *
 * @param table the other table, as in a declaration
 * @param match the columns of a unique key of it, beside the owner's: at least one; the cell has the first one's value
 * @param owner whom the other table's rows belong to; null: nobody
 */
public record Reference(String table, List<String> match, Owner owner) {}
