package dev.importonce.target.type;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * Reads the forms that almost every cell has, without a pattern: what it reads, the parsers read in the same way, only slower by
 * several times. Most cells are even written already as their values are; these need no reading at all.
 */
final class Plain {
    /** Longer whole numbers may not fit into a long. */
    private static final int MOST_DIGITS = 18;

    /** Longer texts are left to the parsers, which have limits. */
    private static final int MOST_CHARACTERS = 40;

    private Plain() {}

    /**
     * Whether the text is a decimal number as its value is written, with a point if with any sign. Not a negative one, and not
     * one with three decimals, which could be thousands.
     *
     * @param scale most decimals, zeros at the end aside; null: any number of them
     */
    static boolean isDecimal(String text, Integer scale) {
        if (text.length() > MOST_CHARACTERS) return false;
        int point = text.indexOf('.');
        int whole = point < 0 ? text.length() : point;
        if (!isDigits(text, 0, whole) || whole > 1 && text.charAt(0) == '0') return false;
        if (point < 0) return true;
        int decimals = text.length() - point - 1;
        if (decimals == 3 || !isDigits(text, point + 1, text.length())) return false;
        int last = text.length() - 1;
        while (text.charAt(last) == '0') last--;
        return scale == null || last - point <= scale;
    }

    /** Whether the text is a day as 2030-01-31 that every month has. */
    static boolean isDay(String text) {
        return text.length() == 10 && beginsWithDay(text);
    }

    /** Whether the text is a moment as 2030-01-31T09:00:00Z, on a day that every month has. */
    static boolean isMoment(String text) {
        return isTimeInUtc(text)
                && beginsWithDay(text)
                && number(text, 11, 13) < 24
                && number(text, 14, 16) < 60
                && number(text, 17, 19) < 60;
    }

    private static boolean beginsWithDay(String text) {
        if (!isDayInDigits(text)) return false;
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return month >= 1 && month <= 12 && day >= 1 && day <= 28;
    }

    private static boolean isDayInDigits(String text) {
        return text.length() >= 10
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && isDigits(text, 0, 4)
                && isDigits(text, 5, 7)
                && isDigits(text, 8, 10);
    }

    private static boolean isTimeInUtc(String text) {
        return text.length() == 20
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == 'Z'
                && isDigits(text, 11, 13)
                && isDigits(text, 14, 16)
                && isDigits(text, 17, 19);
    }

    /** ASCII digits with or without a minus; null: something else. */
    static Long whole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        return text.length() - from <= MOST_DIGITS && isDigits(text, from, text.length())
                ? Long.valueOf(Long.parseLong(text))
                : null;
    }

    /**
     * ASCII digits with decimals, but not three of them, which could be thousands; null: something else.
     *
     * @param decimal the sign before the decimals
     */
    static BigDecimal decimal(String text, char decimal) {
        int sign = text.indexOf(decimal);
        int from = text.startsWith("-") ? 1 : 0;
        if (sign < 0 || text.length() - sign == 4 || text.length() > MOST_CHARACTERS) return null;
        if (!isDigits(text, from, sign) || !isDigits(text, sign + 1, text.length())) return null;
        return new BigDecimal(decimal == '.' ? text : text.replace(decimal, '.'));
    }

    /**
     * A day as 2030-01-31; null: something else.
     *
     * @throws DateTimeException when there is no such day
     */
    static LocalDate day(String text) {
        if (!isDayInDigits(text)) return null;
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /**
     * A moment as 2030-01-31T09:00:00Z, as its time in UTC; null: something else.
     *
     * @throws DateTimeException when there is no such moment
     */
    static LocalDateTime utc(String text) {
        if (!isTimeInUtc(text)) return null;
        LocalDate day = day(text);
        return day == null ? null : day.atTime(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
    }

    private static boolean isDigits(String text, int from, int to) {
        if (from >= to) return false;
        for (int i = from; i < to; i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
