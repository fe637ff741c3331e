package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.Numbers.Sign;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;

/** A number as the JDK writes it for a country is read as that number, or refused where it may be another one. */
class NumbersPropertyTest {
    @Property(tries = 3000)
    void in_the_sign_that_is_named(
            @ForAll BigInteger digits, @ForAll @IntRange(max = 6) int scale, @ForAll boolean grouped, @ForAll Sign sign)
            throws Refused {
        BigDecimal number = new BigDecimal(digits, scale);
        assertEquals(0, number.compareTo(new Numbers(sign).number(written(number, grouped, sign))));
    }

    @Property(tries = 3000)
    void in_a_sign_that_is_not_named(
            @ForAll BigInteger digits, @ForAll @IntRange(max = 6) int scale, @ForAll boolean grouped, @ForAll Sign sign)
            throws Refused {
        BigDecimal number = new BigDecimal(digits, scale);
        String text = written(number, grouped, sign);
        if (text.matches("-?[1-9]\\d{0,2}[.,]\\d{3}"))
            assertThrows(Refused.class, () -> Numbers.UNSAID.number(text), text);
        else assertEquals(0, number.compareTo(Numbers.UNSAID.number(text)), text);
    }

    /** The short way and the pattern agree on every text. */
    @Property(tries = 5000)
    void plain_forms_are_read_as_the_pattern_reads_them(
            @ForAll @CharRange(from = ',', to = '9') @StringLength(max = 9) String text,
            @ForAll @WithNull(0.4) Sign sign) {
        Numbers numbers = new Numbers(sign);
        assertEquals(outcome(() -> numbers.findByPattern(text)), outcome(() -> numbers.find(text)), text);
    }

    private static String outcome(Reading reading) {
        try {
            BigDecimal number = reading.read();
            return number == null ? "none" : number.toPlainString();
        } catch (Refused e) {
            return e.getMessage();
        }
    }

    private interface Reading {
        BigDecimal read() throws Refused;
    }

    /** Nothing but a refusal comes of any other text. */
    @Property(tries = 3000)
    void any_text(@ForAll @StringLength(max = 300) String text) {
        try {
            Numbers.UNSAID.number(text);
        } catch (Refused e) {
            assertTrue(e.getMessage().startsWith("is "), e::getMessage);
        }
    }

    @Property
    void whole_within_its_bounds(@ForAll @BigRange(min = "-200", max = "200") BigInteger number) throws Refused {
        WholeNumber field = new WholeNumber(BigInteger.valueOf(-100), BigInteger.valueOf(100));
        if (number.abs().intValue() <= 100) assertEquals(number.toString(), field.normalise(number + ".0"));
        else assertThrows(Refused.class, () -> field.normalise(number.toString()));
    }

    private static String written(BigDecimal number, boolean grouped, Sign sign) {
        DecimalFormat format = new DecimalFormat(
                grouped ? "#,##0.######" : "0.######",
                DecimalFormatSymbols.getInstance(sign == Sign.POINT ? Locale.US : Locale.GERMANY));
        return format.format(number);
    }
}
