package dev.importonce.target.type;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.importonce.target.type.Normaliser.Refused;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the numbers of a file are read. Nothing is guessed: a text that could mean two numbers is refused, such as 1,234.
 *
 * @param decimal the sign before the decimals; null: only numbers that can mean only one number are accepted
 */
@RegisterForReflection
public record Numbers(Sign decimal) {
    /** The mapping says nothing about numbers. */
    public static final Numbers UNSAID = new Numbers(null);

    /** Those of cells that a spreadsheet or JSON has as numbers. */
    static final Numbers WITH_POINT = new Numbers(Sign.POINT);

    private static final int LONGEST = 200;
    private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(1L << 53);

    /** A number may have its minus before or behind it, or be in brackets, as in accounts. */
    private static final Pattern SIGNED = Pattern.compile(
            "(?<open>\\()?(?<sign>[-+\u2212\u2013\ufe63\uff0d])?[ \u00a0\u202f]?(?<number>[^-+()]+?(?:[eE][-+]?\\d+)?)(?<trailing>[-\u2212])?(?<close>\\))?");

    /** The sign before the decimals. */
    @RegisterForReflection
    public enum Sign {
        POINT('.', ','),
        COMMA(',', '.');

        private static final Pattern NO_DIGITS = Pattern.compile("\\D");

        private final String text;
        private final Pattern pattern;

        Sign(char decimal, char thousands) {
            text = String.valueOf(decimal);
            String group = "[ \u00a0\u2009\u202f'\u2019" + thousands + "]";
            pattern = Pattern.compile("(?<whole>\\d++|[1-9]\\d{0,2}(?<group>" + group + ")\\d{3}(?:\\k<group>\\d{3})*+"
                    // As in India
                    + (thousands == ',' ? "|[1-9]\\d?(?:,\\d{2})+,\\d{3}" : "") + ")?(?:[" + decimal
                    + "](?<fraction>\\d++))?(?<exponent>[eE][-+]?\\d{1,3})?");
        }

        /** The sign itself. */
        @JsonValue
        public String text() {
            return text;
        }

        /** The number that the text means with this sign; null: none. */
        private BigDecimal read(String number) {
            Matcher parts = pattern.matcher(number);
            if (!parts.matches() || parts.group("whole") == null && parts.group("fraction") == null) return null;
            String whole = parts.group("whole") == null
                    ? "0"
                    : NO_DIGITS.matcher(parts.group("whole")).replaceAll("");
            String fraction = parts.group("fraction") == null ? "" : "." + parts.group("fraction");
            String exponent = parts.group("exponent") == null ? "" : parts.group("exponent");
            return new BigDecimal(whole + fraction + exponent);
        }
    }

    /** A number with a decimal point as these rules have it: the point and the comma between thousands change places. */
    public String written(String withPoint) {
        if (decimal != Sign.COMMA) return withPoint;
        StringBuilder written = new StringBuilder(withPoint);
        for (int i = 0; i < written.length(); i++)
            if (written.charAt(i) == '.') written.setCharAt(i, ',');
            else if (written.charAt(i) == ',') written.setCharAt(i, '.');
        return written.toString();
    }

    /** The number that a spreadsheet shows as a percentage, with a decimal point: 0.125 of 12.5%. Other texts stay as they are. */
    public static String ofPercent(String shown) {
        if (!shown.endsWith("%")) return shown;
        boolean negative = shown.startsWith("-");
        BigDecimal percentage = Sign.POINT.read(shown.substring(negative ? 1 : 0, shown.length() - 1));
        if (percentage == null) return shown;
        return (negative ? percentage.negate() : percentage).movePointLeft(2).toPlainString();
    }

    /**
     * What a column's values say: with a sign, if every value is a number with it and one of them is none without it.
     *
     * @param sample values of the column, clean and not blank
     */
    public static Numbers of(Collection<String> sample) {
        Set<Sign> possible = EnumSet.allOf(Sign.class);
        for (String value : sample) {
            Matcher parts = signed(value);
            if (parts == null) return UNSAID;
            possible.removeIf(sign -> sign.read(digits(parts)) == null);
        }
        return possible.size() == 1 ? new Numbers(possible.iterator().next()) : UNSAID;
    }

    /** The sign as a part of a mapping; empty: it is not said. */
    Optional<String> reading() {
        return Optional.ofNullable(decimal).map(sign -> "numbers.decimal \"" + sign.text() + "\"");
    }

    /**
     * The number that a text means.
     *
     * @throws Refused when the text is not a number, or could also mean another one
     */
    public BigDecimal number(String value) throws Refused {
        BigDecimal number = find(value);
        if (number != null) return number;
        throw decimal == null ? new Refused("not-a-number") : new Refused("not-a-number-with", decimal.text());
    }

    /** As {@link #number}; null: the text is not a number. */
    BigDecimal find(String value) throws Refused {
        BigDecimal plain = plain(value);
        return plain == null ? findByPattern(value) : plain;
    }

    private BigDecimal plain(String value) {
        Long whole = Plain.whole(value);
        if (whole != null) return BigDecimal.valueOf(whole);
        BigDecimal byPoint = decimal == Sign.COMMA ? null : Plain.decimal(value, '.');
        return byPoint != null || decimal == Sign.POINT ? byPoint : Plain.decimal(value, ',');
    }

    /** Reads every form of a number. */
    BigDecimal findByPattern(String value) throws Refused {
        Matcher parts = signed(value);
        if (parts == null) return null;
        String digits = digits(parts);
        BigDecimal byPoint = decimal == Sign.COMMA ? null : Sign.POINT.read(digits);
        BigDecimal byComma = decimal == Sign.POINT ? null : Sign.COMMA.read(digits);
        if (byPoint != null && byComma != null && byPoint.compareTo(byComma) != 0)
            throw new Refused("number-ambiguous", shown(byPoint, parts), shown(byComma, parts));
        BigDecimal number = byPoint == null ? byComma : byPoint;
        return number == null || !isNegative(parts) ? number : number.negate();
    }

    /**
     * Whether the last digits of a whole number may be lost. A spreadsheet shows a large number with an exponent, without them; a cell
     * that is a number itself has them, up to the largest one that a double holds with each number below it.
     */
    boolean mayBeRounded(String value, BigDecimal number) {
        boolean hasExponent = value.indexOf('e') >= 0 || value.indexOf('E') >= 0;
        return hasExponent && (this != WITH_POINT || number.abs().compareTo(LARGEST_EXACT) > 0);
    }

    private static String shown(BigDecimal number, Matcher parts) {
        return (isNegative(parts) ? "-" : "") + number.stripTrailingZeros().toPlainString();
    }

    /** The parts of a number with at most one minus; null: it is none. */
    private static Matcher signed(String value) {
        if (value.length() > LONGEST) return null;
        Matcher parts = SIGNED.matcher(value);
        if (!parts.matches()) return null;
        boolean bracketed = parts.group("open") != null;
        if (bracketed != (parts.group("close") != null)) return null;
        int signs =
                (bracketed ? 1 : 0) + (parts.group("sign") == null ? 0 : 1) + (parts.group("trailing") == null ? 0 : 1);
        return signs > 1 ? null : parts;
    }

    private static boolean isNegative(Matcher parts) {
        String sign = parts.group("sign");
        return sign != null && !sign.equals("+") || parts.group("open") != null || parts.group("trailing") != null;
    }

    /** The digits of other scripts as ASCII. */
    private static String digits(Matcher parts) {
        StringBuilder text = new StringBuilder(parts.group("number"));
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit >= 0) text.setCharAt(i, (char) ('0' + digit));
        }
        return text.toString();
    }
}
