package dev.importonce.target.merge;

/**
 * The result of a comparison: what a merge would do.
 *
 * @param keys natural keys that were staged
 * @param inserted those that would be new
 * @param updated those that would change what is stored
 * @param staged rows that were staged
 */
public record Comparison(long staged, long keys, long inserted, long updated) {}
