package dev.importonce.target.merge;

import dev.importonce.postgres.Attempt;
import dev.importonce.postgres.Refusal;
import java.util.function.Consumer;

/**
 * Writes numbered rows some at a time, each time under a savepoint, and halves what PostgreSQL refuses until the rows that it
 * refuses are found.
 */
final class Halving<T> {
    /** Rows that are written together: fewer cost more statements, more of them more repetitions. */
    private static final int TOGETHER = 256;

    private final Writing<T> writing;
    private final Consumer<? super T> whenKept;
    private final Refused refused;

    /**
     * @param whenKept receives the result of each range whose writes are kept
     * @param refused is told of each row that is refused
     */
    Halving(Writing<T> writing, Consumer<? super T> whenKept, Refused refused) {
        this.writing = writing;
        this.whenKept = whenKept;
        this.refused = refused;
    }

    /**
     * Tries to write the rows from 1 on, all together.
     *
     * @return whether they were kept
     */
    boolean together(int rows) {
        return countIfKept(writing.attempt(1, rows));
    }

    /** Writes the rows from 1 on. */
    void all(long rows) {
        for (int from = 1; from <= rows; from += TOGETHER) some(from, (int) Math.min(rows, from + TOGETHER - 1L));
    }

    /** @return whether all were kept */
    private boolean some(int from, int to) {
        Attempt<T> attempt = writing.attempt(from, to);
        if (countIfKept(attempt)) return true;
        if (from == to) refused.row(from, attempt.refusal());
        else halves(from, to);
        return false;
    }

    private boolean countIfKept(Attempt<T> attempt) {
        if (attempt.kept()) whenKept.accept(attempt.value());
        return attempt.kept();
    }

    /** If the first half is kept, it is the second one that is refused: it is not tried as a whole. */
    private void halves(int from, int to) {
        int middle = (from + to) >>> 1;
        boolean firstKept = some(from, middle);
        if (firstKept && middle + 1 < to) halves(middle + 1, to);
        else some(middle + 1, to);
    }

    /** Writes the rows of a range. */
    interface Writing<T> {
        Attempt<T> attempt(int from, int to);
    }

    /** What becomes of a row that is refused. */
    interface Refused {
        /** @param refusal null: the row was not written, and there was no error */
        void row(int number, Refusal refusal);
    }
}
