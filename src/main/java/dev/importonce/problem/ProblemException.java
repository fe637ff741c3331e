package dev.importonce.problem;

import dev.importonce.words.Sentence;
import java.util.List;
import java.util.Map;

/** Ends a request with a {@link Problem}. Carries no stack trace: it is an answer, not a bug. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient Sentence detail;
    private final transient List<Fault> faults;

    /** @param detail what is wrong and what to do; shown to the caller */
    public ProblemException(ProblemType type, Sentence detail) {
        this(type, detail, List.of());
    }

    /** @param faults the single faults, in the order of the request */
    public ProblemException(ProblemType type, Sentence detail, List<Fault> faults) {
        super(detail.english(), null, false, false);
        this.type = type;
        this.detail = detail;
        this.faults = List.copyOf(faults);
    }

    /** Repeats the answer of a stored problem; older versions have stored neither code nor parameters. */
    public static ProblemException again(Problem kept) {
        return new ProblemException(
                ProblemType.of(kept.type()).orElse(ProblemType.UNREADABLE_FILE),
                kept.code() == null
                        ? Sentence.said(kept.detail())
                        : new Sentence(
                                kept.code(), kept.parameters() == null ? Map.of() : kept.parameters(), kept.detail()),
                kept.errors() == null ? List.of() : kept.errors());
    }

    /** The catalogue's entry. */
    public ProblemType type() {
        return type;
    }

    /** The body to answer with. */
    public Problem problem() {
        return Problem.of(type, detail, faults);
    }
}
