package dev.importonce.key;

import java.text.Normalizer;

/** Unicode's normal form C, in time with the length of a text. */
public final class Nfc {
    /** Most combining marks in a row, as of stream-safe texts (UAX #15): to put more in order takes time with their square. */
    public static final int MOST_MARKS = 30;

    /** Before it stands nothing that a normal form takes apart or puts together (NFC_Quick_Check). */
    private static final char FIRST_COMBINING = '\u0300';

    private Nfc() {}

    /** The text in NFC, as nearly every one is; one that is not {@linkplain #isSafe safe} as it is. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) >= FIRST_COMBINING)
                return isSafe(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        return text;
    }

    /** Whether nowhere more than {@link #MOST_MARKS} combining marks stand in a row. */
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
