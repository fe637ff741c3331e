package dev.importonce.source.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the number in a cell is shown: as a date or time (ISO 8601, with a space between them), as hours, minutes and seconds
 * that continue after 24 hours, with the digits of its pattern, or unformatted with up to 15 significant digits. ECMA-376,
 * part 1, 18.8.30 has the codes. Not thread-safe.
 */
final class CellFormat {
    static final CellFormat GENERAL = new CellFormat(Kind.NUMBER, null);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern DIGITS = Pattern.compile("[#,0]*0(\\.[0#]+)?%?");

    /** Quoted and escaped text, colours, currencies and conditions, and padding. */
    private static final Pattern LITERALS = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]");

    private static final Pattern ELAPSED = Pattern.compile("\\[(h+|m+|s+)]");

    /** Longest format code that is parsed; spreadsheet programs write 255 characters at most. */
    private static final int MAX_CODE = 1_000;

    /**
     * Longest text that is parsed as a number: no double has more digits, and parsing takes time with the square of the
     * number of digits.
     */
    private static final int MAX_NUMBER = 1_100;

    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);

    /** A larger number is shown without a pattern. */
    private static final double MOST_WITH_PATTERN = 1e15;

    private static final LocalDateTime EPOCH_1900 = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final LocalDateTime EPOCH_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
    private static final double LAST_DAY = 2_958_466;
    private static final double SECONDS_PER_DAY = 86_400;

    private enum Kind {
        NUMBER,
        DATE,
        TIME,
        DATE_AND_TIME,
        /** Hours that continue after the 24th. */
        ELAPSED
    }

    private final Kind kind;
    private final DecimalFormat digits;

    private CellFormat(Kind kind, DecimalFormat digits) {
        this.kind = kind;
        this.digits = digits;
    }

    /** The format with this id, for ids that need no code in the file. */
    static CellFormat builtIn(int id) {
        if (id >= 14 && id <= 17 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 58)
            return new CellFormat(Kind.DATE, null);
        if (id == 46) return new CellFormat(Kind.ELAPSED, null);
        if (id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47)
            return new CellFormat(Kind.TIME, null);
        return switch (id) {
            case 22 -> new CellFormat(Kind.DATE_AND_TIME, null);
            case 1 -> of("0");
            case 2 -> of("0.00");
            case 3 -> of("#,##0");
            case 4 -> of("#,##0.00");
            case 9 -> of("0%");
            case 10 -> of("0.00%");
            default -> GENERAL;
        };
    }

    static CellFormat of(String code) {
        if (code.length() > MAX_CODE) return GENERAL;
        String first = LITERALS.matcher(code.split(";", 2)[0]).replaceAll("");
        if (DIGITS.matcher(first).matches()) {
            DecimalFormat digits = new DecimalFormat(first, DecimalFormatSymbols.getInstance(Locale.ROOT));
            digits.setRoundingMode(RoundingMode.HALF_UP);
            return new CellFormat(Kind.NUMBER, digits);
        }
        String lower = first.toLowerCase(Locale.ROOT);
        if (lower.contains("general")) return GENERAL;
        if (ELAPSED.matcher(lower).find()) return new CellFormat(Kind.ELAPSED, null);
        boolean time = lower.indexOf('h') >= 0 || lower.indexOf('s') >= 0;
        boolean date = lower.indexOf('y') >= 0 || lower.indexOf('d') >= 0 || !time && lower.indexOf('m') >= 0;
        if (!date && !time) return GENERAL;
        return new CellFormat(date && time ? Kind.DATE_AND_TIME : date ? Kind.DATE : Kind.TIME, null);
    }

    /**
     * What a cell shows.
     *
     * @param cut whether it leaves out decimals of its number, of whose digits a spreadsheet keeps fifteen
     */
    record Shown(String text, boolean cut) {
        private static Shown whole(String text) {
            return new Shown(text, false);
        }
    }

    /**
     * @param number the text in the file; a text that is not a number, or longer than programs write numbers, is shown
     *     unchanged
     */
    Shown show(String number, boolean since1904) {
        if (number.length() > MAX_NUMBER) return Shown.whole(number);
        BigDecimal value;
        try {
            value = new BigDecimal(number.trim());
        } catch (NumberFormatException e) {
            return Shown.whole(number);
        }
        double days = value.doubleValue();
        if (kind == Kind.ELAPSED && Math.abs(days) < LAST_DAY) return Shown.whole(elapsed(days));
        if (kind != Kind.NUMBER && days >= 0 && days < LAST_DAY) return Shown.whole(moment(days, since1904));
        BigDecimal rounded = value.round(FIFTEEN_DIGITS).stripTrailingZeros();
        if (digits != null && Math.abs(days) < MOST_WITH_PATTERN)
            return new Shown(digits.format(value), rounded.scale() > decimals());
        boolean readable = (long) rounded.precision() - rounded.scale() <= 21 && rounded.scale() <= 20;
        return Shown.whole(readable ? rounded.toPlainString() : rounded.toString());
    }

    /** The decimals of a number that the pattern shows; two of them are before the point of a percentage. */
    private int decimals() {
        return digits.getMaximumFractionDigits() + (digits.getMultiplier() == 100 ? 2 : 0);
    }

    private static String elapsed(double days) {
        long seconds = Math.round(Math.abs(days) * SECONDS_PER_DAY);
        String sign = days < 0 && seconds > 0 ? "-" : "";
        return String.format(Locale.ROOT, "%s%02d:%02d:%02d", sign, seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    private String moment(double days, boolean since1904) {
        // Until February 1900 the day numbers differ by one, since Excel has a 29 February 1900.
        double shift = !since1904 && days < 61 && days >= 1 ? 1 : 0;
        LocalDateTime moment =
                (since1904 ? EPOCH_1904 : EPOCH_1900).plusSeconds(Math.round((days + shift) * SECONDS_PER_DAY));
        boolean midnight = moment.toLocalTime().toSecondOfDay() == 0;
        if (kind == Kind.TIME && days < 1) return TIME.format(moment);
        if (kind == Kind.DATE || kind == Kind.TIME && midnight)
            return moment.toLocalDate().toString();
        return moment.toLocalDate() + " " + TIME.format(moment);
    }
}
