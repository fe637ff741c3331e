package dev.importonce.queue;

/**
 * Fired in a transaction that does something which operators count; the event is counted after the transaction has
 * committed.
 *
 * @param meter such as {@code importonce.jobs}
 * @param tag the name of its only tag
 * @param value of the tag, one of a few words
 * @param amount at least 0
 */
public record Counted(String meter, String tag, String value, long amount) {
    public Counted(String meter, String outcome, long amount) {
        this(meter, "outcome", outcome, amount);
    }
}
