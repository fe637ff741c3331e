package dev.importonce.load;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What holds for the text of any cell. */
public final class Cells {
    /** Starts a formula in a spreadsheet, behind any number of guards (OWASP, CSV injection). */
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);

    private Cells() {}

    /** Before it stands nothing that a normal form takes apart or puts together (Unicode, NFC_Quick_Check). */
    private static final char FIRST_COMBINING = '\u0300';

    /** Without white space around it, no-break spaces included, and in NFC; empty when blank. */
    public static String clean(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isSpace(cell.charAt(from))) from++;
        while (to > from && isSpace(cell.charAt(to - 1))) to--;
        return composed(cell.substring(from, to));
    }

    /** In NFC, as nearly every text is; the library would look at each character twice. */
    public static String composed(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) >= FIRST_COMBINING) return Normalizer.normalize(text, Normalizer.Form.NFC);
        return text;
    }

    /** Whether {@link #clean} leaves nothing of it. */
    static boolean isBlank(String cell) {
        return cell.chars().allMatch(c -> isSpace((char) c));
    }

    /** With a leading {@code '} where a spreadsheet would run it. */
    public static String guard(String cell) {
        return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
    }

    /** Undoes {@link #guard}. */
    public static String unguard(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    private static boolean isSpace(char c) {
        // Without U+0000: no white space, but a fault that is to be told.
        return c > 0 && c <= ' ' || c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
}
