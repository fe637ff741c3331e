package dev.importonce.target.type;

import dev.importonce.words.Sentence;

/** Makes a cell's value canonical, or refuses it with a reason. Pure; called from several threads. */
@FunctionalInterface
public interface Normaliser {
    /**
     * @param value trimmed, in NFC, not blank
     * @return the value to store
     * @throws Refused with a reason a person understands
     */
    String normalise(String value) throws Refused;

    /** The same with the mapping's rules for values, for normalisers that need them. */
    default String normalise(String value, ValueRules rules) throws Refused {
        return normalise(value);
    }

    /** Whether an accepted value is a time without an offset, which is read as UTC because the mapping has no zone. */
    default boolean assumesUtc(String value, ValueRules rules) {
        return false;
    }

    /** The reason why a value is refused. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final RejectKind kind;
        private final transient Sentence reason;

        /**
         * @param code of the reason in the files of sentences; the English one is a sentence, or completes one about the value:
         *     "has no @"
         * @param values of its parameters
         */
        public Refused(String code, Object... values) {
            this(RejectKind.INVALID, Sentence.of(code, values));
        }

        public Refused(RejectKind kind, Sentence reason) {
            super(null, null, false, false);
            this.kind = kind;
            this.reason = reason;
        }

        public Sentence reason() {
            return reason;
        }

        /** In English. */
        @Override
        public String getMessage() {
            return reason.english();
        }

        public RejectKind kind() {
            return kind;
        }
    }
}
