package dev.importonce.target.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.target.type.Normaliser.Refused;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the dates and times of a file are read. Nothing is guessed: a text that could mean two days or two moments is refused.
 *
 * @param order the order of day, month and year if the year is not first; null: only dates that can mean only one day are
 *     accepted
 * @param zone the zone of times without an offset, as {@link #zone} returns it; null: UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Dates(Order order, String zone) {
    /** The mapping says nothing about dates. */
    public static final Dates UNSAID = new Dates(null, null);

    private static final Pattern DATE_AND_TIME = Pattern.compile("""
            (?<first>\\d{1,4})(?<separator>[-./])(?<second>\\d{1,2})\\k<separator>(?<third>\\d{1,4})\
            (?:(?:[Tt]|,?[ ]+)\
            (?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<seconds>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?\
            (?:[ \\u00a0\\u202f]?(?<half>[AaPp])[Mm])?\
            (?:[ ]?(?<offset>[Zz]|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?))?)?""");

    private static final Pattern OFFSET = Pattern.compile("[+-].*");

    /** Shorter names are abbreviations, which several countries use: EST, CST, IST. */
    private static final int SHORTEST_REGION = 4;

    /** The order of the parts of a date such as 31.01.2030. */
    @RegisterForReflection
    public enum Order {
        DMY,
        MDY,
        YMD;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of the ways to read a text: {@link #day} or {@link #instant}. */
    @FunctionalInterface
    interface Reading {
        Object read(Dates dates, String text) throws Refused;

        private boolean accepts(Dates dates, String text) {
            try {
                read(dates, text);
                return true;
            } catch (Refused e) {
                return false;
            }
        }
    }

    /**
     * The canonical name of a time zone.
     *
     * @param name a region such as Europe/Berlin, an offset such as +02:00, or UTC
     * @throws DateTimeException when the name is none of these
     */
    public static String zone(String name) {
        if (OFFSET.matcher(name).matches())
            return ZoneOffset.of(name).equals(ZoneOffset.UTC)
                    ? "UTC"
                    : ZoneOffset.of(name).getId();
        boolean clear = name.equals("UTC")
                || name.equals("GMT")
                || name.length() >= SHORTEST_REGION
                        && !name.startsWith("SystemV/")
                        && ZoneId.getAvailableZoneIds().contains(name);
        if (!clear) throw new DateTimeException("no region and no offset: " + name);
        return name;
    }

    /**
     * Parses a moment: with an offset, or local to the zone; a date alone means midnight.
     *
     * @throws Refused when the text is not a moment, or could also mean another one
     */
    public Instant instant(String text) throws Refused {
        try {
            LocalDateTime utc = Plain.utc(text);
            if (utc != null) return utc.toInstant(ZoneOffset.UTC);
            Matcher parts = DATE_AND_TIME.matcher(text);
            if (!parts.matches()) throw noTime();
            LocalDateTime local = LocalDateTime.of(date(parts), time(parts));
            String offset = parts.group("offset");
            return local.toInstant(offset == null ? offset(local) : ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            throw noTime();
        }
    }

    /**
     * Parses a day: in digits, or with the name of its month; a spreadsheet may have added midnight.
     *
     * @throws Refused when the text is not a day, or could also mean another one
     */
    public LocalDate day(String text) throws Refused {
        try {
            LocalDate plain = text.length() == 10 ? Plain.day(text) : null;
            if (plain != null) return plain;
            Matcher parts = DATE_AND_TIME.matcher(text);
            if (!parts.matches()) return MonthNames.day(text);
            LocalDate day = date(parts);
            if (parts.group("offset") != null || !time(parts).equals(LocalTime.MIDNIGHT))
                throw new Refused("date-with-time");
            return day;
        } catch (DateTimeException e) {
            throw new Refused("not-a-date");
        }
    }

    /**
     * What a column's values say: with an order, if every value is a date with it and one of them is none with the other.
     *
     * @param sample values of the column, clean and not blank
     * @param reading how one of them is read
     */
    Dates of(Collection<String> sample, Reading reading) {
        List<Dates> possible = Stream.of(Order.DMY, Order.MDY)
                .map(each -> new Dates(each, zone))
                .filter(each -> sample.stream().allMatch(value -> reading.accepts(each, value)))
                .toList();
        return possible.size() == 1 ? possible.get(0) : this;
    }

    /** The order as a part of a mapping; empty: it is not said. */
    Optional<String> reading() {
        return Optional.ofNullable(order).map(each -> "dates.order \"" + each.word() + "\"");
    }

    /** Whether {@link #instant} reads the text in UTC only because the mapping has no zone. */
    public boolean assumesUtc(String text) {
        if (zone != null || text.endsWith("Z")) return false;
        Matcher parts = DATE_AND_TIME.matcher(text);
        return parts.matches() && parts.group("offset") == null;
    }

    private LocalDate date(Matcher parts) throws Refused {
        String first = parts.group("first");
        String third = parts.group("third");
        int second = Integer.parseInt(parts.group("second"));
        // After a year at the beginning, nobody writes the day in the middle.
        if (first.length() == 4 && third.length() <= 2)
            return LocalDate.of(Integer.parseInt(first), second, Integer.parseInt(third));
        if (first.length() > 2 || third.length() == 3) throw new DateTimeException("no year");
        if (third.length() <= 2) throw new Refused("two-digit-year");
        int year = Integer.parseInt(third);
        int day = Integer.parseInt(first);
        boolean dayFirst = isDate(year, second, day);
        boolean monthFirst = isDate(year, day, second);
        if (order != null) {
            boolean fits = order == Order.DMY && dayFirst || order == Order.MDY && monthFirst;
            if (!fits) throw new Refused("date-of-other-order", order.word());
            return order == Order.DMY ? LocalDate.of(year, second, day) : LocalDate.of(year, day, second);
        }
        if (dayFirst && monthFirst && day != second)
            throw new Refused("date-ambiguous", LocalDate.of(year, second, day), LocalDate.of(year, day, second));
        return dayFirst ? LocalDate.of(year, second, day) : LocalDate.of(year, day, second);
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static LocalTime time(Matcher parts) {
        if (parts.group("hour") == null) return LocalTime.MIDNIGHT;
        int hour = Integer.parseInt(parts.group("hour"));
        String half = parts.group("half");
        if (half != null) {
            if (hour < 1 || hour > 12) throw new DateTimeException("no hour of a half day");
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        String seconds = parts.group("seconds");
        String fraction = parts.group("fraction");
        return LocalTime.of(
                hour,
                Integer.parseInt(parts.group("minute")),
                seconds == null ? 0 : Integer.parseInt(seconds),
                fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9)));
    }

    /** The only possible offset: a time may not exist, or exist twice, when clocks are changed. */
    private ZoneOffset offset(LocalDateTime local) throws Refused {
        if (zone == null) return ZoneOffset.UTC;
        List<ZoneOffset> offsets = ZoneId.of(zone).getRules().getValidOffsets(local);
        if (offsets.isEmpty()) throw new Refused("time-skipped", zone);
        if (offsets.size() > 1)
            throw new Refused("time-twice", zone, local.atOffset(offsets.get(0)), local.atOffset(offsets.get(1)));
        return offsets.get(0);
    }

    private static Refused noTime() {
        return new Refused("not-a-time");
    }
}
