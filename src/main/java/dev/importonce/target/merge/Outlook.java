package dev.importonce.target.merge;

/**
 * What a merge would do with the first rows, each as a JSON array in file order.
 *
 * @param changes of the first 100 natural keys: row, key, outcome, and of each field the stored and the new value
 * @param overridden the first 100 rows that a later row replaces: row, and by which
 */
public record Outlook(String changes, String overridden) {}
