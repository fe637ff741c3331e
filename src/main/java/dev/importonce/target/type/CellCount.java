package dev.importonce.target.type;

import dev.importonce.words.Sentence;

/**
 * The number of cells of a column that were read in a way that their sender may not expect.
 *
 * @param detail how they were read, for the sender
 * @param column the column's name, or the beginning of a long name
 */
public record CellCount(Sentence detail, String column, long count) {}
