package dev.importonce.target.type;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.ICUInputTooLongException;
import dev.importonce.target.type.Normaliser.Refused;
import java.util.Locale;

/**
 * The domain of an address: mapped and converted to ASCII by UTS #46 (non-transitional), with only the characters that IDNA
 * 2008 allows. UTS #46 alone also allows symbols, which no registry accepts.
 */
public final class Domain {
    private Domain() {}

    /** Whether the domain has only ASCII letters, digits and single hyphens in its labels: UTS #46 only lower-cases these. */
    static boolean isPlain(String value, int from) {
        int label = 0;
        int labels = 0;
        char before = '.';
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            boolean inside = before != '.' && before != '-';
            if (!letterOrDigit && !(inside && (c == '.' || c == '-'))) return false;
            if (c == '.') {
                labels++;
                label = 0;
            } else if (++label > 63) return false;
            before = c;
        }
        return labels > 0 && before != '.' && before != '-';
    }

    /** The domain in ASCII and lower case. */
    static String ascii(String domain) throws Refused {
        if (isPlain(domain, 0)) return domain.toLowerCase(Locale.ROOT);
        IDNA.Info info = new IDNA.Info();
        String ascii;
        try {
            ascii = Rules.UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
        } catch (ICUInputTooLongException e) {
            throw notValid(domain);
        }
        if (info.hasErrors() || ascii.isEmpty() || ascii.endsWith(".")) throw notValid(domain);
        if (ascii.indexOf('.') < 0) throw new Refused("email-domain-one-part");
        int odd = unicode(ascii)
                .codePoints()
                .filter(c -> c != '.' && !Rules.ALLOWED.contains(c))
                .findFirst()
                .orElse(-1);
        if (odd >= 0) throw new Refused("email-domain-character", Characters.describe(odd));
        return ascii;
    }

    /** The domain in Unicode, as people write it. */
    static String unicode(String ascii) throws Refused {
        try {
            return Rules.UTS46
                    .nameToUnicode(ascii, new StringBuilder(), new IDNA.Info())
                    .toString();
        } catch (ICUInputTooLongException e) {
            throw notValid(ascii);
        }
    }

    /** Initialised only for the first domain that is not plain: the initialisation takes more time than most files. */
    private static final class Rules {
        static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.CHECK_CONTEXTO);

        /**
         * RFC 5892, section 3: the characters that are PVALID, CONTEXTJ or CONTEXTO, with the rules of the RFC in order from
         * the last one to the first.
         */
        static final UnicodeSet ALLOWED = new UnicodeSet("[[[:Ll:][:Lu:][:Lo:][:Nd:][:Lm:][:Mn:][:Mc:]]"
                        + "-[[:Hangul_Syllable_Type=L:][:Hangul_Syllable_Type=V:][:Hangul_Syllable_Type=T:]]"
                        + "-[[:Block=Combining_Diacritical_Marks_For_Symbols:][:Block=Musical_Symbols:][:Block=Ancient_Greek_Musical_Notation:]]"
                        + "-[[:Default_Ignorable_Code_Point:][:White_Space:][:Noncharacter_Code_Point:]]"
                        + "-[:Changes_When_NFKC_Casefolded:]"
                        + "-[\\u0640\\u07FA\\u302E\\u302F\\u3031-\\u3035\\u303B]"
                        + "[\\u200C\\u200D][\\-]"
                        + "[\\u00B7\\u00DF\\u0375\\u03C2\\u05F3\\u05F4\\u06FD\\u06FE\\u0F0B\\u3007\\u30FB]]")
                .freeze();

        private Rules() {}
    }

    /** Whether the character is invisible, but distinguishes two spellings of a domain (RFC 5892, appendix A.1 and A.2). */
    static boolean mayJoin(int c) {
        return c == '\u200c' || c == '\u200d';
    }

    /** Names an invisible character, since the user could not find it otherwise. */
    private static Refused notValid(String domain) {
        int joiner = domain.codePoints().filter(Domain::mayJoin).findFirst().orElse(-1);
        return joiner < 0
                ? new Refused("email-domain-not-valid")
                : new Refused("email-domain-joiner", Characters.describe(joiner));
    }
}
