package dev.importonce.source.format;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;

/**
 * CSV that has to be rewritten before it can be read in blocks. This is not a fault of the file, and its sender never sees
 * it.
 */
public final class NotPlain extends ProblemException {
    private static final long serialVersionUID = 1;

    private final String escape;

    /** @param escape the character that turned out to escape quotes, or null */
    public NotPlain(String escape) {
        super(ProblemType.UNREADABLE_FILE, Sentence.of("not-plain-csv"));
        this.escape = escape;
    }

    /** The format in which the file is to be read. */
    public Format as(Format asked) {
        return escape == null ? asked.asRows() : asked.escaped(escape).asRows();
    }
}
