package dev.importonce.source.detect;

/**
 * The costs of characters between letters, and of sequences of capital and small letters: they are the same in every
 * language.
 */
final class Signs {
    /** Characters that people type. */
    private static final String USUAL =
            "\u00A0\u00A3\u00A7\u00A9\u00AA\u00AB\u00AE\u00B0\u00B2\u00B3\u00B4\u00B5\u00B7\u00BA\u00BB\u00BD\u00D7"
                    + "\u2013\u2014\u2018\u2019\u201C\u201D\u201E\u2022\u2026\u20AC\u2116\u2122"
                    + "\u3000\u3001\u3002\u30FB\uFF08\uFF09";

    private static final String SELDOM =
            "\u00A1\u00A2\u00A5\u00B1\u00B9\u00BC\u00BE\u00BF\u00F7\u02DC" + "\u201A\u2020\u2021\u2030\u2039\u203A";

    /** Characters that may be directly before a letter, directly after one, between two. */
    private static final String BEFORE_LETTERS =
            "\u00A0\u00A1\u00A7\u00AB\u00B0\u00BF\u2013\u2018\u201C\u201E\u2022\u2116\u3000\uFF08";

    private static final String BEHIND_LETTERS =
            "\u00A0\u00AA\u00AE\u00B2\u00B3\u00BA\u00BB\u2013\u2019\u201C\u201D" + "\u2026\u2122\u3000\uFF09";
    private static final String BETWEEN_LETTERS = "\u00A0\u00B7\u2013\u2014\u2019\u3000\u30FB";

    /** The cost of a space, and of an apostrophe, a dash and the euro where they usually are. */
    private static final float COST_AT_HOME = 4;

    private static final float COST_OF_USUAL = 7;
    private static final float COST_OF_SELDOM = 9;
    private static final float COST_OF_OTHERS = 13;
    private static final float COST_OF_LINES = 16;
    private static final float COST_OF_NO_TEXT = 25;
    private static final float COST_OF_CONTROLS = 8;
    private static final float AT_A_LETTER = 10;
    private static final float AT_A_DIGIT = 3;
    private static final float CAPITAL_INSIDE = 6;
    private static final float SMALL_AMONG_CAPITALS = 4;
    private static final float SMALL_AT_THE_BEGINNING = 1;
    private static final float LETTER_BY_ITSELF = 4;

    private static final float ACCENT_ON_NO_VOWEL = 10;

    /** Letters that can have an accent in code pages with separate accents. */
    private static final String VOWELS =
            "aeiouyAEIOUY\u00E2\u00C2\u00EA\u00CA\u00F4\u00D4\u0103\u0102\u01A1\u01A0\u01B0\u01AF";

    /** Letters by Unicode, but people type them as signs. */
    private static final String NO_LETTERS = "\u00AA\u00B5\u00BA";

    private Signs() {}

    /** Whether it belongs to a word. */
    static boolean isLetter(char c) {
        if (c < 0x80) return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER:
            case Character.LOWERCASE_LETTER:
            case Character.TITLECASE_LETTER:
            case Character.OTHER_LETTER:
            case Character.NON_SPACING_MARK:
            case Character.COMBINING_SPACING_MARK:
                return NO_LETTERS.indexOf(c) < 0;
            default:
                // The long vowel mark and the repetition mark of Japanese, and its half-width marks.
                return c == '\u30FC' || c == '\u3005' || c == '\uFF70' || c == '\uFF9E' || c == '\uFF9F';
        }
    }

    /** Whether it is a separate accent of any alphabet. */
    static boolean isAccent(char c) {
        return c >= 0x300 && c < 0x370;
    }

    /** The letter as it is in the model. The capital of Turkish i stays: no other language has it. */
    static char plain(char letter) {
        switch (letter) {
            case '\u0130':
                return letter;
            // The characters that code pages have for Romanian and Persian letters.
            case '\u0218':
            case '\u0219':
                return '\u015F';
            case '\u021A':
            case '\u021B':
                return '\u0163';
            case '\u06CC':
                return '\u064A';
            default:
                return Character.toLowerCase(letter);
        }
    }

    /** The cost of a cell that is the same in every language. */
    static float cost(String cell) {
        float cost = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            char before = i > 0 ? cell.charAt(i - 1) : ' ';
            char after = i + 1 < cell.length() ? cell.charAt(i + 1) : ' ';
            if (isLetter(c)) cost += letter(c, before, after, i > 1 ? cell.charAt(i - 2) : ' ');
            else if (c >= 0x80) cost += sign(c, isLetter(before), isLetter(after));
            else if (c < ' ') cost += COST_OF_CONTROLS;
        }
        return cost;
    }

    private static float letter(char c, char before, char after, char twoBefore) {
        float cost = 0;
        if (c >= 0x80 && c < 0x2E80 && (Character.isDigit(before) || Character.isDigit(after))) cost += AT_A_DIGIT;
        if (c < 0x80 && before < 0x80) return cost;
        if ((c >= 0x80 && c < 0x2E80 || c > 0xFF60) && !isLetter(before) && !isLetter(after)) cost += LETTER_BY_ITSELF;
        if (isAccent(c) && VOWELS.indexOf(before) < 0) cost += ACCENT_ON_NO_VOWEL;
        if (Character.isLowerCase(before) && Character.isUpperCase(c)) cost += CAPITAL_INSIDE;
        if (Character.isLowerCase(c) && Character.isUpperCase(before) && Character.isUpperCase(twoBefore))
            cost += SMALL_AMONG_CAPITALS;
        if (Character.isLowerCase(c) && !isLetter(before)) cost += SMALL_AT_THE_BEGINNING;
        return cost;
    }

    private static float sign(char c, boolean behindLetter, boolean beforeLetter) {
        if (isNoText(c)) return COST_OF_NO_TEXT;
        boolean between = behindLetter && beforeLetter;
        boolean alone = !behindLetter && !beforeLetter;
        if (c == '\u00A0' && !between || c == '\u2019' && between || c == '\u20AC' && alone || c == '\u2013' && alone)
            return COST_AT_HOME;
        float cost = COST_OF_OTHERS;
        if (USUAL.indexOf(c) >= 0) cost = COST_OF_USUAL;
        else if (SELDOM.indexOf(c) >= 0) cost = COST_OF_SELDOM;
        else if (c >= 0x2500 && c < 0x25A0) cost = COST_OF_LINES;
        String where = between ? BETWEEN_LETTERS : beforeLetter ? BEFORE_LETTERS : BEHIND_LETTERS;
        return alone || where.indexOf(c) >= 0 ? cost : cost + AT_A_LETTER;
    }

    /** Whether this character cannot be in a text: a control character, or the replacement of an invalid byte. */
    static boolean isNoText(char c) {
        int type = Character.getType(c);
        return c == '\uFFFD'
                || type == Character.CONTROL
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
