package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.target.type.Normaliser.Refused;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactTextTest {
    private static final PlainText EXACT = new PlainText(List.of(), null, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.9E+11",
                "4,9E+11",
                "4.9e11",
                "491.5E+9",
                "4.91512E+012",
                "4E+11",
                "4e11",
                "+4.9E+11",
                "-4.9E+11",
                "4.9E-5"
            })
    void a_number_that_was_rounded_is_refused(String value) {
        Refused refused = assertThrows(Refused.class, () -> EXACT.normalise(value));

        assertEquals(
                "is a number whose digits are lost: format the column as text in the spreadsheet and save it again",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "e",
                "E",
                "ext",
                "Tel 5",
                "+49 30 1234",
                "030/1234 ext 5",
                "030 1234 e 5",
                "1234e",
                "e5",
                "E+11",
                "4.9E+",
                "4.9.1E+11",
                "4.9E+1234",
                "4.9E+11 x"
            })
    void any_other_stays_as_it_is(String value) throws Refused {
        assertEquals(value, EXACT.normalise(value));
    }
}
