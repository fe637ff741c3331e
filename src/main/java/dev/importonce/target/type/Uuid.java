package dev.importonce.target.type;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A UUID, also in braces, as URN, or without hyphens (RFC 9562). */
public final class Uuid implements Normaliser {
    private static final Pattern UUID = Pattern.compile(
            "(?:urn:uuid:|(?<open>\\{))?(?<a>\\p{XDigit}{8})(?<hyphen>-?)(?<b>\\p{XDigit}{4})\\k<hyphen>(?<c>\\p{XDigit}{4})\\k<hyphen>"
                    + "(?<d>\\p{XDigit}{4})\\k<hyphen>(?<e>\\p{XDigit}{12})(?<close>\\})?",
            Pattern.CASE_INSENSITIVE);

    /** As it is stored. */
    private static boolean isPlain(String value) {
        if (value.length() != 36) return false;
        for (int i = 0; i < 36; i++) {
            char c = value.charAt(i);
            boolean isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (isHyphen ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
        }
        return true;
    }

    @Override
    public String normalise(String value) throws Refused {
        if (isPlain(value)) return value;
        Matcher parts = UUID.matcher(value);
        if (!parts.matches() || (parts.group("open") == null) != (parts.group("close") == null))
            throw new Refused("not-a-uuid");
        return String.join(
                        "-", parts.group("a"), parts.group("b"), parts.group("c"), parts.group("d"), parts.group("e"))
                .toLowerCase(Locale.ROOT);
    }
}
