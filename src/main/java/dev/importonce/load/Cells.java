package dev.importonce.load;

import dev.importonce.key.Nfc;
import java.util.regex.Pattern;

/** What holds for the text of any cell. */
public final class Cells {
    /** Where a cell begins: at the text's beginning, and where a program that knows another delimiter cuts it. */
    private static final String START = "(?:\\A|(?<=[,;|\\t\\r\\n])\"*+)";

    /** What begins a formula, and its full-width forms, which are one where people write Chinese or Japanese (OWASP, CSV injection). */
    private static final String FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20]";

    /** Taken off a cell by some programs, which then see what comes behind. */
    private static final String IGNORED = "[\\t\\r\\n]";

    /** Up to where a guard belongs: behind those that are there. */
    private static final Pattern UNGUARDED =
            Pattern.compile(START + "'*+(?=" + FORMULA + ")|\\A'*+(?=" + IGNORED + ")");

    private static final Pattern GUARDED =
            Pattern.compile("(" + START + "'*)'(?=" + FORMULA + ")|(\\A'*)'(?=" + IGNORED + ")");

    private Cells() {}

    /** Without white space around it, no-break spaces included, and in NFC; empty when blank. */
    public static String clean(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isSpace(cell.charAt(from))) from++;
        while (to > from && isSpace(cell.charAt(to - 1))) to--;
        return composed(cell.substring(from, to));
    }

    /** In NFC, see {@link Nfc#of}. */
    public static String composed(String text) {
        return Nfc.of(text);
    }

    /** Whether {@link #clean} leaves nothing of it. */
    static boolean isBlank(String cell) {
        return cell.chars().allMatch(c -> isSpace((char) c));
    }

    /** With a {@code '} before whatever a spreadsheet would run, also one that cuts the cell at a comma, semicolon, tab, bar or line end. */
    public static String guard(String cell) {
        return UNGUARDED.matcher(cell).replaceAll("$0'");
    }

    /** Undoes {@link #guard}. */
    public static String unguard(String cell) {
        return cell.indexOf('\'') < 0 ? cell : GUARDED.matcher(cell).replaceAll("$1$2");
    }

    /** Without the {@code ="…"} that keeps spreadsheets from taking digits for a number. */
    static String unwrapped(String cell) {
        int end = cell.length() - 1;
        if (end < 2 || !cell.startsWith("=\"") || cell.charAt(end) != '"') return cell;
        StringBuilder text = new StringBuilder();
        for (int i = 2; i < end; i++) {
            // A quote by itself: a formula that begins and ends with a text.
            if (cell.charAt(i) == '"' && (++i == end || cell.charAt(i) != '"')) return cell;
            text.append(cell.charAt(i));
        }
        return text.toString();
    }

    private static boolean isSpace(char c) {
        // Without U+0000: no white space, but a fault that is to be told.
        return c > 0 && c <= ' ' || c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
