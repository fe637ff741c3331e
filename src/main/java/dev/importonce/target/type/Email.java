package dev.importonce.target.type;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The only form in which an address is stored: without additions around it ({@link Wrapping}), in NFC, lower-cased in the
 * root locale, with its domain in ASCII ({@link Domain}). Dots and plus tags stay. An address is refused if it contains
 * invisible characters or quotation marks, or characters that RFC 5321 (section 4.1.2) allows before the @ only between
 * quotation marks.
 */
public final class Email implements Normaliser {
    private static final int MAX_BYTES = 254;

    /**
     * A longer text cannot become a valid address: a domain gets longer in ASCII, and NFC shortens a local part by half at
     * most.
     */
    private static final int MAX_CHARS = 4 * MAX_BYTES;

    /** Maximum number of characters of an address and everything around it. */
    private static final int MAX_WRAPPED = 10_000;

    /**
     * Characters that are allowed before the @ without quotation marks (RFC 5322, atext, and the dot), except those that are
     * also quotation marks.
     */
    private static final String ATOMS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&*+-/=?^_{|}~";

    private static final boolean[] IS_ATOM = new boolean[0x80];

    static {
        ATOMS.chars().forEach(c -> IS_ATOM[c] = true);
    }

    @Override
    public String normalise(String value) throws Refused {
        if (isPlain(value)) return value.toLowerCase(Locale.ROOT);
        if (value.length() > MAX_WRAPPED) throw tooLong();
        String bare = Wrapping.takeOff(value);
        int at = at(bare);
        if (bare.length() > MAX_CHARS) throw tooLong();
        refuseOdd(bare, at);
        // Composes again after lower-casing, since some letters have a composed form in lower case only.
        String local = Normalizer.normalize(bare.substring(0, at).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        String email = local + "@" + Domain.ascii(bare.substring(at + 1));
        // A char takes three bytes of UTF-8 at most.
        if (email.length() > MAX_BYTES / 3 && email.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES)
            throw tooLong();
        return email;
    }

    /**
     * The same for an address that is stored already. Older versions treated a quotation mark at the end as a part of the
     * domain and stored this domain in ASCII; its Unicode form shows the quotation mark.
     */
    public String restore(String stored) throws Refused {
        try {
            return normalise(stored);
        } catch (Refused e) {
            if (stored.length() > MAX_CHARS) throw e;
            int domain = stored.indexOf('@') + 1;
            return normalise(stored.substring(0, domain) + Domain.unicode(stored.substring(domain)));
        }
    }

    /** Whether the address is ASCII with nothing around it, as in nearly every row: it is only lower-cased. */
    private static boolean isPlain(String value) {
        int at = value.indexOf('@');
        if (at < 1 || value.length() > MAX_BYTES) return false;
        for (int i = 0; i < at; i++) if (!isAtom(value.charAt(i))) return false;
        return Domain.isPlain(value, at + 1);
    }

    /** The index of the only @. */
    private static int at(String bare) throws Refused {
        if (bare.isEmpty()) throw new Refused("email-missing");
        int at = bare.indexOf('@');
        if (at < 0) throw new Refused("email-without-at");
        if (at == 0) throw new Refused("email-nothing-before-at");
        if (bare.indexOf('@', at + 1) < 0) return at;
        if (Wrapping.holdsSeveral(bare)) throw new Refused("several-emails");
        throw new Refused("email-several-ats");
    }

    private static void refuseOdd(String bare, int at) throws Refused {
        int c;
        for (int i = 0; i < bare.length(); i += Character.charCount(c)) {
            c = bare.codePointAt(i);
            if (isAtom(c)) continue;
            boolean inLocal = i < at;
            // Inside a person's name an apostrophe is like a letter: o'neil.
            boolean apostrophe = (c == '\'' || c == '`') && i > 0 && i < at - 1;
            if (Characters.isUnseen(c) && (inLocal || !Domain.mayJoin(c)))
                throw new Refused("email-character", Characters.describe(c));
            if (Characters.isQuote(c) && !apostrophe) throw new Refused("email-character", Characters.describe(c));
            if (inLocal && "(),:;<>[\\]".indexOf(c) >= 0)
                throw new Refused("email-character-before-at", Characters.describe(c));
        }
    }

    private static boolean isAtom(int c) {
        return c < IS_ATOM.length && IS_ATOM[c];
    }

    private static Refused tooLong() {
        return new Refused("email-too-long", MAX_BYTES);
    }
}
