package dev.importonce.send;

import java.time.Duration;

/** How an attempt to send ended. */
sealed interface Outcome {
    /** The new state of the row. */
    Row row();

    /**
     * The values that are written: the new status, and for {@code pending} the delay before the next attempt and whether
     * this attempt counts.
     */
    record Row(String status, Duration delay, boolean counts, String error) {}

    /** The provider accepted the message. */
    record Sent() implements Outcome {
        @Override
        public Row row() {
            return new Row("sent", null, true, null);
        }
    }

    /** The message was certainly not sent, and will be tried again. */
    record Later(Duration delay, boolean counts, String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("pending", delay, counts, error);
        }
    }

    /** The message was not sent and never will be. */
    record Failed(String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("failed", null, true, error);
        }
    }

    /** The message may have been sent: a person has to find out. */
    record Unknown(String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("unknown", null, true, error);
        }
    }
}
