package dev.importonce.source.detect;

import dev.importonce.source.format.Candidate;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The character set of a text that does not say it.
 *
 * @param encoding canonical name of the likeliest one
 * @param certainty how far it is ahead
 * @param candidates it and the others that would read differently, the likeliest first; none if it is certain
 */
public record Guess(String encoding, Certainty certainty, List<Candidate> candidates) {
    /** How far the likeliest character set is ahead of those that would read differently. */
    public enum Certainty {
        /** There is none, or none that comes near. */
        CERTAIN,
        /** Clearly. */
        LIKELY,
        /** Not clearly: somebody must say which it is. */
        OPEN
    }

    /** There is no other. */
    public static Guess certain(Charset encoding) {
        return new Guess(encoding.name(), Certainty.CERTAIN, List.of());
    }

    /** Whether somebody must say which it is. */
    public boolean isOpen() {
        return certainty == Certainty.OPEN;
    }

    /** The likeliest character set. */
    public Charset charset() {
        return Charset.forName(encoding);
    }
}
