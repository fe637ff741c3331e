package dev.importonce.chat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What holds for any text that is to be stored. */
final class Text {
    private Text() {}

    /** What keeps PostgreSQL from storing it, as a sentence for whoever sent it. */
    static Optional<String> faultOf(String text) {
        boolean storable =
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return storable
                ? Optional.empty()
                : Optional.of("This has a character that cannot be used: U+0000 or half a surrogate pair.");
    }
}
