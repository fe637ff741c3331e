package dev.importonce.chat;

import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rule for every text that is stored. */
final class Text {
    private Text() {}

    /** The reason why PostgreSQL cannot store the text, as a sentence for the sender. */
    static Optional<Sentence> faultOf(String text) {
        boolean storable =
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return storable ? Optional.empty() : Optional.of(Sentence.of("this-has-unusable-character"));
    }
}
