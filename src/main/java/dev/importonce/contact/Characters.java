package dev.importonce.contact;

import com.ibm.icu.text.UnicodeSet;

/** Characters that an address may have around it and not inside. */
final class Characters {
    /** White space and controls; and what has no glyph of its own, or only tells how to show others. */
    private static final UnicodeSet UNSEEN =
            new UnicodeSet("[[:White_Space:][:Z:][:Cc:][:Cf:][:Default_Ignorable_Code_Point:]]").freeze();

    /** With the accents and primes that are typed for them. */
    private static final UnicodeSet QUOTES =
            new UnicodeSet("[[:Quotation_Mark:]`\\u00B4\\u2032\\u2033\\u2035\\u2036]").freeze();

    private Characters() {}

    /** Whether nobody sees that it is there. */
    static boolean isUnseen(int c) {
        return UNSEEN.contains(c);
    }

    /** Whether it is a quotation mark of any language, opening or closing. */
    static boolean isQuote(int c) {
        return QUOTES.contains(c);
    }

    /** What it is, and its code point: one that is not seen has nothing else to be found by. */
    static String describe(int c) {
        String code = String.format("U+%04X", c);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c))
            return "white space or a control character, " + code;
        if (isUnseen(c)) return "an invisible character, " + code;
        return (isQuote(c) ? "a quotation mark, " : "the character ") + Character.toString(c) + " (" + code + ")";
    }
}
