package dev.importonce.target.type;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * Reads the forms that almost every cell has, without a pattern: what it reads, the parsers read in the same way, only slower by
 * several times.
 */
final class Plain {
    /** Longer numbers may not fit into a long. */
    private static final int MOST_DIGITS = 18;

    private Plain() {}

    /** ASCII digits with or without a minus; null: something else. */
    static Long whole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        return isDigits(text, from, text.length()) ? Long.valueOf(Long.parseLong(text)) : null;
    }

    /**
     * ASCII digits with decimals, but not three of them, which could be thousands; null: something else.
     *
     * @param decimal the sign before the decimals
     */
    static BigDecimal decimal(String text, char decimal) {
        int sign = text.indexOf(decimal);
        int from = text.startsWith("-") ? 1 : 0;
        if (sign < 0 || text.length() - sign == 4) return null;
        if (!isDigits(text, from, sign) || !isDigits(text, sign + 1, text.length())) return null;
        return new BigDecimal(decimal == '.' ? text : text.replace(decimal, '.'));
    }

    /**
     * A day as 2030-01-31; null: something else.
     *
     * @throws DateTimeException when there is no such day
     */
    static LocalDate day(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') return null;
        if (!isDigits(text, 0, 4) || !isDigits(text, 5, 7) || !isDigits(text, 8, 10)) return null;
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /**
     * A moment as 2030-01-31T09:00:00Z, as its time in UTC; null: something else.
     *
     * @throws DateTimeException when there is no such moment
     */
    static LocalDateTime utc(String text) {
        if (text.length() != 20 || text.charAt(10) != 'T' || text.charAt(19) != 'Z') return null;
        if (text.charAt(13) != ':' || text.charAt(16) != ':') return null;
        if (!isDigits(text, 11, 13) || !isDigits(text, 14, 16) || !isDigits(text, 17, 19)) return null;
        LocalDate day = day(text);
        return day == null ? null : day.atTime(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
    }

    private static boolean isDigits(String text, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS) return false;
        for (int i = from; i < to; i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
