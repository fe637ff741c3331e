package dev.importonce.target.type;

import com.ibm.icu.text.UnicodeSet;
import dev.importonce.words.Sentence;

/** Characters that are allowed around an address, but not inside it. */
public final class Characters {
    /**
     * White space and control characters; and characters that have no glyph of their own, or only change how others are
     * shown.
     */
    private static final UnicodeSet UNSEEN =
            new UnicodeSet("[[:White_Space:][:Z:][:Cc:][:Cf:][:Default_Ignorable_Code_Point:]]").freeze();

    /** Quotation marks, and the accents and primes that people type instead of them. */
    private static final UnicodeSet QUOTES =
            new UnicodeSet("[[:Quotation_Mark:]`\\u00B4\\u2032\\u2033\\u2035\\u2036]").freeze();

    private Characters() {}

    /** Whether the character is invisible. */
    public static boolean isUnseen(int c) {
        return UNSEEN.contains(c);
    }

    /** Whether the character is a quotation mark of any language, opening or closing. */
    static boolean isQuote(int c) {
        return QUOTES.contains(c);
    }

    /** A description with the code point, since users can find an invisible character only by its code point. */
    static Sentence describe(int c) {
        String code = String.format("U+%04X", c);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c))
            return Sentence.of("character-space", code);
        if (isUnseen(c)) return Sentence.of("character-unseen", code);
        return Sentence.of(isQuote(c) ? "character-quote" : "character-other", Character.toString(c), code);
    }
}
