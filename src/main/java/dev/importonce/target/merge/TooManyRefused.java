package dev.importonce.target.merge;

import dev.importonce.words.Sentence;

/** The table refuses more rows than a job may have: something is wrong with the whole file, or with the declaration. */
public final class TooManyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Number of rows of a job that its table may refuse. */
    public static final int MOST = 10_000;

    private final transient Sentence reason;

    /** @param first the first of the refused rows that are known */
    public TooManyRefused(RefusedRow first) {
        super(null, null, false, false);
        reason = Sentence.of("too-many-rows-refused", MOST, first.row(), first.reason());
    }

    /** Why the job ends, with the first row and its reason. */
    public Sentence reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return reason.english();
    }
}
