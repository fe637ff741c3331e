package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.Numbers.Sign;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 | 0",
                "007 | 7",
                "1234 | 1234",
                "-5 | -5",
                "\u22125 | -5",
                "5- | -5",
                "(5) | -5",
                "+5 | 5",
                "1.5 | 1.5",
                "1,5 | 1.5",
                ".5 | 0.5",
                ",25 | 0.25",
                "0,123 | 0.123",
                "0.123 | 0.123",
                "1234,567 | 1234.567",
                "1,234.5 | 1234.5",
                "1.234,5 | 1234.5",
                "1,234,567 | 1234567",
                "1.234.567 | 1234567",
                "1 234 | 1234",
                "1\u202f234,50 | 1234.50",
                "1'234.50 | 1234.50",
                "12,34,567.8 | 1234567.8",
                "1.5E-05 | 0.000015",
                "1e3 | 1000",
                "\u0661\u0662 | 12",
            })
    void means_one_number_whoever_wrote_it(String text, BigDecimal number) throws Refused {
        assertEquals(0, number.compareTo(Numbers.UNSAID.number(text)), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "1.234", "12.000", "999,999", "-1,234", "1.000"})
    void that_may_be_two_numbers_is_refused(String text) throws Refused {
        Refused refused = assertThrows(Refused.class, () -> Numbers.UNSAID.number(text));
        assertTrue(refused.getMessage().startsWith("is ambiguous"), refused.getMessage());

        BigDecimal byPoint = new Numbers(Sign.POINT).number(text);
        BigDecimal byComma = new Numbers(Sign.COMMA).number(text);
        assertEquals(
                0,
                byPoint.multiply(BigDecimal.valueOf(text.contains(".") ? 1000 : 1))
                        .compareTo(byComma.multiply(BigDecimal.valueOf(text.contains(",") ? 1000 : 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-",
                "",
                ".",
                "1.2.3",
                "1,23,4",
                "1..2",
                "--1",
                "-(1)",
                "(1",
                "1)",
                "(1-",
                "1 2",
                "\u20ac5",
                "5%",
                "1 234,567.8.9",
                "0x1F",
                "1_000",
                "NaN",
                "Infinity",
                "1e1000",
                "01.234.567"
            })
    void that_is_none_is_refused(String text) {
        assertThrows(Refused.class, () -> Numbers.UNSAID.number(text), text);
    }

    @Test
    void is_none_with_the_other_sign() {
        assertThrows(Refused.class, () -> new Numbers(Sign.COMMA).number("1.5"));
        assertThrows(Refused.class, () -> new Numbers(Sign.POINT).number("1,5"));
    }

    @Test
    void of_a_column_say_which_sign_they_have() {
        assertEquals(Sign.COMMA, Numbers.of(List.of("1,234", "12", "0,5")).decimal());
        assertEquals(Sign.POINT, Numbers.of(List.of("1,234", "1,234.5")).decimal());
        assertEquals(Sign.POINT, Numbers.of(List.of("1,234", "1,234,567")).decimal());
        assertEquals(Numbers.UNSAID, Numbers.of(List.of("1,234", "7")));
        assertEquals(Numbers.UNSAID, Numbers.of(List.of("1,5", "1.5")));
        assertEquals(Numbers.UNSAID, Numbers.of(List.of("0,5", "none")));
        assertEquals(Numbers.UNSAID, Numbers.of(List.of()));
    }
}
