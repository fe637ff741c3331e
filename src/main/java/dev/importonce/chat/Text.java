package dev.importonce.chat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rule for every text that is stored. */
final class Text {
    private Text() {}

    /** The reason why PostgreSQL cannot store the text, as a sentence for the sender. */
    static Optional<String> faultOf(String text) {
        boolean storable =
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return storable
                ? Optional.empty()
                : Optional.of("This has a character that cannot be used: U+0000 or half a surrogate pair.");
    }
}
