package dev.importonce.target.merge;

/** The table refuses more rows than a job may have: something is wrong with the whole file, or with the declaration. */
public final class TooManyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Number of rows of a job that its table may refuse. */
    public static final int MOST = 10_000;

    /** @param first the first of the refused rows that are known */
    public TooManyRefused(RefusedRow first) {
        super(
                "The table refuses more than " + MOST + " rows. Row " + first.row() + ": " + first.reason(),
                null,
                false,
                false);
    }
}
