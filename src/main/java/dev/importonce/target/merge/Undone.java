package dev.importonce.target.merge;

/**
 * The result of the undo of a share. The two counters add up to the rows that the import inserted and updated in this share.
 *
 * @param undone rows that have no values of the import any more
 * @param kept rows that were not, or not completely, reverted, since somebody changed them after the import
 * @param keptFirst the first 100 of these, as JSON
 */
public record Undone(long undone, long kept, String keptFirst) {}
