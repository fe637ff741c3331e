package dev.importonce.queue;

/**
 * Fired in a transaction that does something which operators count; the event is counted after the transaction has
 * committed.
 *
 * @param meter such as {@code importonce.jobs}
 * @param outcome its tag
 * @param amount at least 0
 */
public record Counted(String meter, String outcome, long amount) {}
