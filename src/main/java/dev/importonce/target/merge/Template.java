package dev.importonce.target.merge;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement for any table: its places {@code {name}} are filled with names and expressions that PostgreSQL has quoted, and
 * with the service's own names, in one pass, so that nothing in a name is taken for a place.
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    /** The whole statement. */
    String fill(Map<String, String> parts) {
        return PLACE.matcher(text).replaceAll(place -> {
            String part = parts.get(place.group(1));
            if (part == null) throw new IllegalStateException("nothing fills " + place.group());
            return Matcher.quoteReplacement(part);
        });
    }
}
