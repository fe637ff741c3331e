package dev.importonce.target.type;

import dev.importonce.key.Nfc;
import java.util.regex.Pattern;

/** Rules for the text of any cell. */
public final class Cells {
    /**
     * The places where a cell begins: the beginning of the text, and every place where a program with another delimiter
     * would divide it.
     */
    private static final String START = "(?:\\A|(?<=[,;|\\t\\r\\n])\"*+)";

    /**
     * Characters that begin a formula, and their full-width forms, which begin one in Chinese and Japanese versions (OWASP,
     * CSV injection).
     */
    private static final String FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20]";

    /**
     * Characters that some programs remove from the beginning of a cell, so that they see the next character as the first
     * one.
     */
    private static final String IGNORED = "[\\t\\r\\n]";

    /** The places for a new guard: after existing guards. */
    private static final Pattern UNGUARDED =
            Pattern.compile(START + "'*+(?=" + FORMULA + ")|\\A'*+(?=" + IGNORED + ")");

    private static final Pattern GUARDED =
            Pattern.compile("(" + START + "'*)'(?=" + FORMULA + ")|(\\A'*)'(?=" + IGNORED + ")");

    private Cells() {}

    /** The text without white space around it, including no-break spaces, and in NFC; empty when blank. */
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
    public static boolean isBlank(String cell) {
        return cell.chars().allMatch(c -> isSpace((char) c));
    }

    /**
     * The text with a {@code '} before everything that a spreadsheet would run as a formula, also in a spreadsheet that
     * divides the cell at a comma, semicolon, tab, bar or line end.
     */
    public static String guard(String cell) {
        return UNGUARDED.matcher(cell).replaceAll("$0'");
    }

    /** Undoes {@link #guard}. */
    public static String unguard(String cell) {
        return cell.indexOf('\'') < 0 ? cell : GUARDED.matcher(cell).replaceAll("$1$2");
    }

    /** The text without the {@code ="…"} that prevents spreadsheets from reading digits as a number. */
    public static String unwrapped(String cell) {
        int end = cell.length() - 1;
        if (end < 2 || !cell.startsWith("=\"") || cell.charAt(end) != '"') return cell;
        StringBuilder text = new StringBuilder();
        for (int i = 2; i < end; i++) {
            // A quote that is not doubled: this is a formula that begins and ends with a text.
            if (cell.charAt(i) == '"' && (++i == end || cell.charAt(i) != '"')) return cell;
            text.append(cell.charAt(i));
        }
        return text.toString();
    }

    private static boolean isSpace(char c) {
        // U+0000 is not treated as white space, since it is a fault that has to be reported.
        return c > 0 && c <= ' ' || c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
