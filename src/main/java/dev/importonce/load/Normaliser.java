package dev.importonce.load;

/** Makes a cell's value canonical, or says why it cannot be one. Pure; called from several threads. */
@FunctionalInterface
public interface Normaliser {
    /**
     * @param value trimmed, in NFC, not blank
     * @return the value to store
     * @throws Refused with a reason a person understands
     */
    String normalise(String value) throws Refused;

    /** The same by what the mapping says of values, for whom it makes a difference. */
    default String normalise(String value, ValueRules rules) throws Refused {
        return normalise(value);
    }

    /** Whether a value that is taken is a time without an offset, which is read as UTC for want of a zone in the mapping. */
    default boolean assumesUtc(String value, ValueRules rules) {
        return false;
    }

    /** Why a value is not one. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        /** @param reason completes a sentence about the value: "has no @" */
        public Refused(String reason) {
            super(reason, null, false, false);
        }
    }
}
