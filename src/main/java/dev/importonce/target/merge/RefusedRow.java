package dev.importonce.target.merge;

import dev.importonce.words.Sentence;

/**
 * A row that the target's table refuses.
 *
 * @param block the block of the file that has it
 * @param row its number in the file
 * @param reason a sentence for the person who sent the file; has no values of other rows
 */
public record RefusedRow(int block, long row, Sentence reason) {}
