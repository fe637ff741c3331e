package dev.importonce.source.detect;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;

/** A byte that is invalid in the character set in which the file is read. */
public final class Undecodable extends ProblemException {
    private static final long serialVersionUID = 1;

    private final long offset;
    private final String encoding;

    /** @param offset the byte's offset, from 0 on; in a compressed file the offset in the unpacked content */
    public Undecodable(long offset, String encoding) {
        this(offset, encoding, Sentence.of("not-of-encoding", offset, encoding));
    }

    private Undecodable(long offset, String encoding, Sentence detail) {
        super(ProblemType.UNREADABLE_FILE, detail);
        this.offset = offset;
        this.encoding = encoding;
    }

    public long offset() {
        return offset;
    }

    /** The same problem, which also names the encoding that the bytes around seem to have, if there is one. */
    public Undecodable guessing(byte[] around) {
        Guess guess = Encodings.of(around);
        return guess.encoding().equals(encoding) || !Encodings.isCodePage(guess.charset())
                ? this
                : new Undecodable(
                        offset, encoding, Sentence.of("not-of-encoding-but-of", offset, encoding, guess.encoding()));
    }
}
