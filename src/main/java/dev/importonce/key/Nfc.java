package dev.importonce.key;

import java.text.Normalizer;

/** Unicode's normalisation form C, in time proportional to the length of the text. */
public final class Nfc {
    /**
     * Maximum number of combining marks in a row, as in stream-safe text (UAX #15): the time to sort them grows with the
     * square of their number.
     */
    public static final int MOST_MARKS = 30;

    /** Normalisation does not change characters before this one (NFC_Quick_Check). */
    private static final char FIRST_COMBINING = '\u0300';

    private Nfc() {}

    /**
     * The text in NFC, in which nearly every text is already; a text that is not {@linkplain #isSafe safe} is returned
     * unchanged.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) >= FIRST_COMBINING)
                return isSafe(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        return text;
    }

    /** Whether the text nowhere has more than {@link #MOST_MARKS} combining marks in a row. */
    public static boolean isSafe(String text) {
        if (text.length() <= MOST_MARKS) return true;
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int point = Character.isHighSurrogate(c) ? text.codePointAt(i) : c;
            marks = c >= FIRST_COMBINING && isMark(point) ? marks + 1 : 0;
            if (marks > MOST_MARKS) return false;
            i += Character.charCount(point);
        }
        return true;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
