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
        if (isPlain(text)) return text;
        return collapsed(text.toLowerCase(Locale.ROOT).replace("\u0307", "").replace('\u0131', 'i'))
                .strip();
    }

    /** Small letters and digits of ASCII stay as they are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) return false;
        }
        return true;
    }

    /** The text with one blank for each run of white space. */
    static String collapsed(String text) {
        return BLANKS.matcher(text).replaceAll(" ");
    }
}
