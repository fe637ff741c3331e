package dev.importonce.target.type;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day without a date or an offset, of 24 hours or of 12 with AM or PM.
 *
 * @param min the first one; null: any
 * @param max the last one; null: any
 */
public record TimeOfDay(LocalTime min, LocalTime max) implements Normaliser {
    private static final Pattern TIME = Pattern.compile("(?<hour>\\d{1,2}):(?<minute>\\d{2})"
            + "(?::(?<seconds>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?(?:[ \u00a0\u202f]?(?<half>[AaPp])[.]?[Mm][.]?)?");

    @Override
    public String normalise(String value) throws Refused {
        LocalTime time = time(value);
        if (min != null && time.isBefore(min)) throw new Refused("before-least", min);
        if (max != null && time.isAfter(max)) throw new Refused("after-most", max);
        return time.toString();
    }

    private static LocalTime time(String value) throws Refused {
        Matcher parts = TIME.matcher(value);
        try {
            if (parts.matches()) return Dates.time(parts);
        } catch (DateTimeException e) {
            // No such hour, minute or second.
        }
        throw new Refused("not-a-time-of-day");
    }
}
