package dev.importonce.source.detect;

import dev.importonce.source.format.Candidate;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The guessed character set of a text that does not name it.
 *
 * @param encoding canonical name of the likeliest one
 * @param certainty how far it is ahead of the others
 * @param candidates this character set and others that would read the text differently, the likeliest first; empty if it is
 *     certain
 */
public record Guess(String encoding, Certainty certainty, List<Candidate> candidates) {
    /** How far the likeliest character set is ahead of those that would read differently. */
    public enum Certainty {
        /** There is no other, or no other is near. */
        CERTAIN,
        /** It is clearly ahead. */
        LIKELY,
        /** It is not clearly ahead: the user must name the encoding. */
        OPEN
    }

    /** A guess without alternatives. */
    public static Guess certain(Charset encoding) {
        return new Guess(encoding.name(), Certainty.CERTAIN, List.of());
    }

    /** Whether the user must name the encoding. */
    public boolean isOpen() {
        return certainty == Certainty.OPEN;
    }

    /** The likeliest character set. */
    public Charset charset() {
        return Charset.forName(encoding);
    }
}
