package dev.importonce.load;

/**
 * How many cells of a column are taken for something that their sender may not expect.
 *
 * @param code what for, in kebab case
 * @param column its name, or the beginning of a long one
 * @param detail a sentence for the sender
 */
public record CellCount(String code, String column, long count, String detail) {}
