package dev.importonce.target.type;

/**
 * The number of cells of a column that were read in a way that their sender may not expect.
 *
 * @param code how they were read, in kebab case
 * @param column the column's name, or the beginning of a long name
 * @param detail a sentence for the sender
 */
public record CellCount(String code, String column, long count, String detail) {}
