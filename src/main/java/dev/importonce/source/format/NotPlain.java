package dev.importonce.source.format;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;

/** CSV that has to be rewritten before it can be read in blocks: it is no fault of the file, and nobody who sent it is told. */
public final class NotPlain extends ProblemException {
    private static final long serialVersionUID = 1;

    private final String escape;

    /** @param escape the character that has turned out to take the meaning from quotes, or null */
    public NotPlain(String escape) {
        super(ProblemType.UNREADABLE_FILE, "This is no plain CSV.");
        this.escape = escape;
    }

    /** How it is to be read. */
    public Format as(Format asked) {
        return escape == null ? asked.asRows() : asked.escaped(escape).asRows();
    }
}
