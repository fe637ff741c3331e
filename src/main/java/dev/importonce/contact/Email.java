package dev.importonce.contact;

import com.ibm.icu.text.IDNA;
import dev.importonce.load.Cells;
import dev.importonce.load.Normaliser;
import dev.importonce.load.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The one way an address is stored: lower-cased in the root locale, its domain in ASCII by UTS #46 (non-transitional).
 * Dots and plus tags stay. Enough of RFC 5321 is checked to refuse what cannot be an address.
 */
final class Email implements Normaliser {
    private static final int MAX_BYTES = 254;
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);

    @Override
    public String normalise(String value) throws Refused {
        int at = value.indexOf('@');
        if (at < 0) throw new Refused("is not an e-mail address: it has no @");
        if (value.indexOf('@', at + 1) >= 0) throw new Refused("is not an e-mail address: it has more than one @");
        if (at == 0) throw new Refused("is not an e-mail address: nothing is before the @");
        // Composed anew: some letters have a composed form in lower case only.
        String local = Cells.composed(value.substring(0, at).toLowerCase(Locale.ROOT));
        for (int i = 0; i < local.length(); i++)
            if (isInvisible(local.charAt(i)))
                throw new Refused("is not an e-mail address: it has white space or a control character");
        String email = local + "@" + domain(value.substring(at + 1));
        // A char is three bytes at most.
        if (email.length() > MAX_BYTES / 3 && email.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES)
            throw new Refused("is longer than " + MAX_BYTES + " bytes");
        return email;
    }

    private static String domain(String domain) throws Refused {
        String ascii = isPlain(domain) ? domain.toLowerCase(Locale.ROOT) : toAscii(domain);
        if (ascii.indexOf('.') < 0) throw new Refused("is not an e-mail address: its domain needs at least two parts");
        return ascii;
    }

    /** Labels of letters and digits, the case of nearly every row: UTS #46 only lower-cases them. */
    private static boolean isPlain(String domain) {
        int label = 0;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letterOrDigit) label++;
            else if (c == '.' && label > 0) label = 0;
            else return false;
            if (label > 63) return false;
        }
        return label > 0;
    }

    private static String toAscii(String domain) throws Refused {
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
        if (info.hasErrors() || ascii.isEmpty() || ascii.endsWith("."))
            throw new Refused("is not an e-mail address: its domain is not valid");
        return ascii;
    }

    private static boolean isInvisible(char c) {
        if (c > ' ' && c < 0x7F) return false;
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }
}
