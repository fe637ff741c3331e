package dev.importonce.target.type;

import dev.importonce.target.type.Normaliser.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Removes what people and programs put around an address, layer by layer: invisible characters, a comma or semicolon,
 * quotation marks at both ends, {@code mailto:} (RFC 6068; once) with what follows its {@code ?}, and the name of {@code
 * Name <a@b>}.
 */
final class Wrapping {
    private static final String LINK = "mailto:";

    /** Characters between the addresses of a list or link, and around addresses that have names. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z},;:|/?&=<>()\\[\\]\"]+");

    private String text;
    private int from;
    private int to;
    private boolean linked;

    private Wrapping(String cell) {
        text = cell;
        to = cell.length();
    }

    /** The text inside the wrapping; whether it is an address is not checked. */
    static String takeOff(String cell) throws Refused {
        Wrapping wrapping = new Wrapping(cell);
        do wrapping.trim();
        while (wrapping.quotes() || wrapping.link() || wrapping.name());
        return wrapping.text.substring(wrapping.from, wrapping.to);
    }

    /** Whether a text with several @ is a list of addresses. */
    static boolean holdsSeveral(String bare) {
        return Arrays.stream(SEPARATORS.split(bare))
                        .filter(part -> part.indexOf('@') > 0)
                        .count()
                > 1;
    }

    private void trim() {
        while (from < to && isTrimmed(text.codePointAt(from))) from += Character.charCount(text.codePointAt(from));
        while (from < to && isTrimmed(text.codePointBefore(to))) to -= Character.charCount(text.codePointBefore(to));
    }

    private static boolean isTrimmed(int c) {
        return c == ',' || c == ';' || Characters.isUnseen(c);
    }

    /** Removes quotation marks of any kind: which mark opens and which closes differs from language to language. */
    private boolean quotes() {
        if (to - from < 2 || !Characters.isQuote(text.charAt(from)) || !Characters.isQuote(text.charAt(to - 1)))
            return false;
        from++;
        to--;
        return true;
    }

    private boolean link() throws Refused {
        if (linked || !text.regionMatches(true, from, LINK, 0, LINK.length())) return false;
        linked = true;
        String rest = text.substring(from + LINK.length(), to);
        if (rest.startsWith("//")) rest = rest.substring(2);
        int parameters = rest.indexOf('?');
        // A further address, cc=…, is not removed, so that the cell is refused.
        if (parameters >= 0 && rest.indexOf('@', parameters) < 0) rest = rest.substring(0, parameters);
        text = rest.indexOf('%') < 0 ? rest : decoded(rest);
        from = 0;
        to = text.length();
        return true;
    }

    /** Escapes the plus first, since the JDK's decoder, which is for forms, reads a plus as a blank. */
    private static String decoded(String address) throws Refused {
        try {
            String decoded = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
            // In NFC, like all other text of cells.
            if (decoded.indexOf('\uFFFD') < 0) return Normalizer.normalize(decoded, Normalizer.Form.NFC);
        } catch (IllegalArgumentException e) {
            // Refused like bytes that are invalid in UTF-8.
        }
        throw new Refused("email-mailto");
    }

    /** The name before the brackets may repeat the address; a different address there means two addresses in one cell. */
    private boolean name() throws Refused {
        String rest = text.substring(from, to);
        int open = rest.indexOf('<');
        int close = rest.indexOf('>');
        if (open < 0 || open != rest.lastIndexOf('<') || close != rest.length() - 1) return false;
        String name = rest.substring(0, open);
        String inside = rest.substring(open + 1, close);
        if (name.indexOf('@') >= 0 && !takeOff(name).equalsIgnoreCase(takeOff(inside))) return false;
        from += open + 1;
        to--;
        return true;
    }
}
