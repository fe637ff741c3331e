package dev.importonce.paging;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;

/** The {@code limit} parameter of lists. */
public final class Limit {
    private static final int DEFAULT = 50;
    private static final int MAX = 500;

    private Limit() {}

    /** @param sent as sent, or null for 50; 1 to 500, else a problem */
    public static int of(String sent) {
        if (sent == null) return DEFAULT;
        try {
            int limit = Integer.parseInt(sent);
            if (limit >= 1 && limit <= MAX) return limit;
        } catch (NumberFormatException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.INVALID_PARAMETER, Sentence.of("limit-out-of-range", MAX));
    }
}
