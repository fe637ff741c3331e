package dev.importonce.target.type;

import java.util.Locale;

/** Words of any language as they are compared. */
final class Words {
    private Words() {}

    /**
     * The text in lower case, with one blank between words. The two letters i of Turkish are one here, since in capitals a
     * program of another language writes both as I.
     */
    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("\u0307", "")
                .replace('\u0131', 'i')
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
    }
}
