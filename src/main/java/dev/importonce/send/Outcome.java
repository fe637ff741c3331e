package dev.importonce.send;

import java.time.Duration;

/** How an attempt to send ended. */
sealed interface Outcome {
    /** What the row becomes. */
    Row row();

    /** What the database is told: the new status, and for {@code pending} when to try again and whether the try counts. */
    record Row(String status, Duration delay, boolean counts, String error) {}

    /** The provider took it. */
    record Sent() implements Outcome {
        @Override
        public Row row() {
            return new Row("sent", null, true, null);
        }
    }

    /** It certainly did not go out, and may yet. */
    record Later(Duration delay, boolean counts, String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("pending", delay, counts, error);
        }
    }

    /** It did not go out and never will. */
    record Failed(String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("failed", null, true, error);
        }
    }

    /** It may have gone out: a person has to find out. */
    record Unknown(String error) implements Outcome {
        @Override
        public Row row() {
            return new Row("unknown", null, true, error);
        }
    }
}
