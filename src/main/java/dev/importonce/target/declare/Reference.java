package dev.importonce.target.declare;

import java.util.List;

/**
 * A row of another table that a cell names.
 *
 * @param table the other table, as in a declaration
 * @param match the column of it that, with the owner's, is a unique key: one; the cell has its value
 * @param owner whom the other table's rows belong to; null: nobody
 */
public record Reference(String table, List<String> match, Owner owner) {}
