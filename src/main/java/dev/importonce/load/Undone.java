package dev.importonce.load;

/**
 * What an undo did to a share. The two figures add up to the rows that the import inserted and updated there.
 *
 * @param undone rows that have nothing of the import any more
 * @param kept rows of which something is left, since somebody changed it after the import
 * @param keptFirst the first 100 of these, as JSON
 */
public record Undone(long undone, long kept, String keptFirst) {}
