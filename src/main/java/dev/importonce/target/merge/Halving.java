package dev.importonce.target.merge;

import dev.importonce.postgres.Attempt;
import dev.importonce.postgres.Refusal;

/**
 * Writes numbered rows some at a time, each time under a savepoint, and halves what PostgreSQL refuses until the rows that it
 * refuses are found.
 */
final class Halving {
    /** Rows that are written together: fewer cost more statements, more of them more repetitions. */
    private static final int TOGETHER = 256;

    private final Writing writing;
    private final Refused refused;

    Halving(Writing writing, Refused refused) {
        this.writing = writing;
        this.refused = refused;
    }

    /** Writes the rows from 1 on. */
    void all(long rows) {
        for (int from = 1; from <= rows; from += TOGETHER) some(from, (int) Math.min(rows, from + TOGETHER - 1L));
    }

    /** @return whether all were kept */
    private boolean some(int from, int to) {
        Attempt<?> attempt = writing.attempt(from, to);
        if (attempt.kept()) return true;
        if (from == to) refused.row(from, attempt.refusal());
        else halves(from, to);
        return false;
    }

    /** If the first half is kept, it is the second one that is refused: it is not tried as a whole. */
    private void halves(int from, int to) {
        int middle = (from + to) >>> 1;
        boolean kept = some(from, middle);
        if (kept && middle + 1 < to) halves(middle + 1, to);
        else some(middle + 1, to);
    }

    /** Writes the rows of a range, and counts them if they are kept. */
    interface Writing {
        Attempt<?> attempt(int from, int to);
    }

    /** Is told of each row that is refused. */
    interface Refused {
        /** @param refusal null: the row was not written, and there was no error */
        void row(int number, Refusal refusal);
    }
}
