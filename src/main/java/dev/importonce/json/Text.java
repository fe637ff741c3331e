package dev.importonce.json;

import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Rules for any text of a caller. */
public final class Text {
    private Text() {}

    /**
     * The reason why a text cannot be used, as a sentence for the sender: U+0000 and unpaired surrogates cannot be stored, and
     * all of the latter would have the same hash.
     */
    public static Optional<Sentence> faultOf(String text) {
        boolean storable =
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return storable ? Optional.empty() : Optional.of(Sentence.of("this-has-unusable-character"));
    }
}
