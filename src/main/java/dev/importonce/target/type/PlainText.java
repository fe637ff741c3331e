package dev.importonce.target.type;

import com.google.re2j.Pattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text, changed as declared, and of a declared pattern. */
public final class PlainText implements Normaliser {
    private static final java.util.regex.Pattern ROUNDED =
            java.util.regex.Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}");

    private final Set<Change> changes;
    private final Pattern pattern;
    private final boolean exact;

    /** What is done to a text, in this order; the white space around it is always taken off. */
    public enum Change {
        TRIM,
        COLLAPSE,
        DIGITS,
        LOWER,
        UPPER
    }

    /**
     * @param changes what is done to a text
     * @param pattern RE2 syntax, so that no text takes long; the whole text, after the changes, has to match. Null: any text
     * @param exact whether a number such as 4.9E+11 is refused, whose digits a spreadsheet has rounded away: of a phone number
     *     or a bar code nothing is left
     */
    public PlainText(List<Change> changes, Pattern pattern, boolean exact) {
        this.changes = changes.isEmpty() ? EnumSet.noneOf(Change.class) : EnumSet.copyOf(changes);
        this.pattern = pattern;
        this.exact = exact;
    }

    @Override
    public String normalise(String value) throws Refused {
        if (exact && ROUNDED.matcher(value).matches()) throw new Refused("lost-digits");
        String text = value;
        for (Change change : changes) text = changed(text, change);
        if (text.isEmpty()) throw new Refused("no-digits");
        if (pattern != null && !pattern.matches(text)) throw new Refused("not-of-form", pattern);
        return text;
    }

    private static String changed(String text, Change change) {
        return switch (change) {
            case TRIM -> text;
            case COLLAPSE -> Words.collapsed(text);
            case DIGITS -> digits(text);
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
        };
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints().map(c -> Character.digit(c, 10)).filter(d -> d >= 0).forEach(digits::append);
        return digits.toString();
    }
}
