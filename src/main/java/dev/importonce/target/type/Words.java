package dev.importonce.target.type;

import java.util.Locale;
import java.util.regex.Pattern;

/** Words of any language as they are compared. */
final class Words {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private Words() {}

    /**
     * The text in lower case, with one blank between words. The two letters i of Turkish are one here, since in capitals a
     * program of another language writes both as I.
     */
    static String folded(String text) {
        return collapsed(text.toLowerCase(Locale.ROOT).replace("\u0307", "").replace('\u0131', 'i'))
                .strip();
    }

    /** The text with one blank for each run of white space. */
    static String collapsed(String text) {
        return BLANKS.matcher(text).replaceAll(" ");
    }
}
