package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.target.type.Normaliser.Refused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cell means in a field of each type, or why it is refused. */
class TypesTest {
    private static final Choice STATUS =
            new Choice(Map.of("active", List.of("aktiv", "in use"), "retired", List.of("inaktiv", "yanl\u0131\u015f")));

    @Test
    void whole_numbers() throws Refused {
        WholeNumber field = new WholeNumber(BigInteger.ZERO, BigInteger.valueOf(9_999_999));
        assertEquals("7", field.normalise("007"));
        assertEquals("1234567", field.normalise("1,234,567"));
        assertEquals("12", field.normalise("12.0"));
        for (String text : List.of("1.5", "one", "-1", "10000000"))
            assertRefused("is not a whole number from 0 to 9999999", field, text);
        assertRefused("is a rounded number", field, "4.9E+11");
        assertRefused("is ambiguous: it may be 1 or 1000", field, "1.000");
    }

    /** JSON's 1e3 is a number; a text that looks so is what a spreadsheet has left of one. */
    @Test
    void whole_numbers_that_are_numbers_in_the_file() throws Refused {
        WholeNumber field = new WholeNumber(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));
        ValueRules numbers = ValueRules.NONE.ofNumbers();
        assertEquals("1000", field.normalise("1e3", numbers));
        assertEquals("-12", field.normalise("-1.2E+1", numbers));
        assertThrows(Refused.class, () -> field.normalise("1.25e1", numbers));
        assertEquals("9007199254740992", field.normalise("9.007199254740992E15", numbers));
        assertThrows(Refused.class, () -> field.normalise("9.007199254740993E15", numbers));
        assertThrows(Refused.class, () -> field.normalise("1e3", ValueRules.NONE));
        assertThrows(
                Refused.class,
                () -> field.normalise("1e3", new ValueRules(Map.of(), new Numbers(Numbers.Sign.POINT), Dates.UNSAID)));
    }

    @Test
    void decimals_are_never_rounded() throws Refused {
        DecimalNumber field = new DecimalNumber(2, BigDecimal.ZERO, new BigDecimal("1000"));
        assertEquals("19.90", field.normalise("19,90"));
        assertEquals("19.900", new Numbers(Numbers.Sign.POINT).number("19.900").toPlainString());
        assertRefused("has more than 2 decimals", field, "0.125");
        assertRefused("is less than 0", field, "-0.01");
        assertRefused("is more than 1000", field, "1000.01");
        assertEquals("123456789.123456789", new DecimalNumber(null, null, null).normalise("123456789.123456789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "TRUE",
                "Yes",
                "y",
                "1",
                "on",
                "WAHR",
                "Ja",
                "VRAI",
                "oui",
                "S\u00cd",
                "si",
                "VERO",
                "s\u00ec",
                "Sim",
                "WAAR",
                "tak",
                "PRAWDA",
                "DO\u011eRU",
                "Evet",
                "SANT",
                "\u2713"
            })
    void yes(String word) throws Refused {
        assertEquals("true", new Truth().normalise(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "No",
                "n",
                "0",
                "off",
                "FALSCH",
                "nein",
                "FAUX",
                "Non",
                "FALSO",
                "n\u00e3o",
                "NAO",
                "onwaar",
                "NEE",
                "nie",
                "FA\u0141SZ",
                "YANLI\u015e",
                "hay\u0131r",
                "HAYIR",
                "nej",
                "FALSKT",
                "\u2717"
            })
    void no(String word) throws Refused {
        assertEquals("false", new Truth().normalise(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "2", "maybe", "-", "?", "yes!"})
    void neither(String word) {
        assertRefused("is neither yes nor no", new Truth(), word);
    }

    @Test
    void words_mean_the_same_whatever_the_machines_language() throws Refused {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertEquals("true", new Truth().normalise("SI"));
            assertEquals("active", STATUS.normalise("IN USE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void choices() throws Refused {
        assertEquals("active", STATUS.normalise("Active"));
        assertEquals("active", STATUS.normalise("In \u00a0 Use"));
        assertEquals("retired", STATUS.normalise("YANLI\u015e"));
        assertRefused("is none of ", STATUS, "activ");
        assertThrows(
                IllegalArgumentException.class, () -> new Choice(Map.of("on", List.of("Yes"), "off", List.of("yes"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-04 | 2026-03-04",
                "2026/3/4 | 2026-03-04",
                "2026-03-04 00:00:00 | 2026-03-04",
                "31.12.2026 | 2026-12-31",
                "12/31/2026 | 2026-12-31",
                "4 March 2026 | 2026-03-04",
                "March 4th, 2026 | 2026-03-04",
                "04-Mar-2026 | 2026-03-04",
                "2026 Mar 4 | 2026-03-04",
                "4. M\u00e4rz 2026 | 2026-03-04",
                "1er ao\u00fbt 2026 | 2026-08-01",
                "4 de marzo de 2026 | 2026-03-04",
                "4 marzo 2026 | 2026-03-04",
                "4 de mar\u00e7o de 2026 | 2026-03-04",
                "4 mrt. 2026 | 2026-03-04",
                "4 marca 2026 r. | 2026-03-04",
                "4 MART 2026 | 2026-03-04",
                "1 KASIM 2026 | 2026-11-01",
                "4 maj 2026 | 2026-05-04",
            })
    void days(String text, String day) throws Refused {
        assertEquals(day, new Day(null, null).normalise(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "03/04/2026 | is ambiguous",
                "2026-02-30 | is not a date",
                "30 February 2026 | is not a date",
                "4 March 26 | is not a date",
                "March 2026 | is not a date",
                "4 5 March 2026 | is not a date",
                "4 March April 2026 | is not a date",
                "4 Smarch 2026 | is not a date",
                "March 4, 2026, perhaps | is not a date",
                "46085 | is not a date",
                "03/31/26 | has a year of two digits",
                "2026-03-04 09:00 | has a time of day",
            })
    void no_days(String text, String reason) {
        assertRefused(reason, new Day(null, null), text);
    }

    @Test
    void times_of_day() throws Refused {
        assertEquals("17:30", new TimeOfDay(null, null).normalise("17:30"));
        assertEquals("17:30:05.250", new TimeOfDay(null, null).normalise("5:30:05.25 p.m."));
        assertEquals("00:00", new TimeOfDay(null, null).normalise("12:00 AM"));
        for (String text : List.of("24:00", "7", "17.30", "13:00 PM", "17:60", "2026-01-01 17:30"))
            assertRefused("is not a time of day", new TimeOfDay(null, null), text);
    }

    @Test
    void moments() throws Refused {
        assertEquals("2026-03-04T08:00:00Z", new Moment(null, null).normalise("2026-03-04T09:00:00+01:00"));
        assertRefused("is ambiguous", new Moment(null, null), "03/04/2026 09:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0190163d-8694-739b-aea5-966c26f8ad91",
                "0190163D-8694-739B-AEA5-966C26F8AD91",
                "0190163d8694739baea5966c26f8ad91",
                "{0190163d-8694-739b-aea5-966c26f8ad91}",
                "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91"
            })
    void uuids(String text) throws Refused {
        assertEquals("0190163d-8694-739b-aea5-966c26f8ad91", new Uuid().normalise(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0190163d-8694-739b-aea5-966c26f8ad9",
                "0190163d-8694-739b-aea5966c26f8ad91",
                "0190163d-8694-739b-aea5-966c26f8ad9g",
                "{0190163d-8694-739b-aea5-966c26f8ad91"
            })
    void no_uuids(String text) {
        assertRefused("is not a UUID", new Uuid(), text);
    }

    @Test
    void web_addresses() throws Refused {
        assertEquals("https://example.com/a?b=c#d", new WebAddress().normalise("https://example.com/a?b=c#d"));
        assertEquals("HTTP://b\u00fccher.example/", new WebAddress().normalise("HTTP://b\u00fccher.example/"));
        assertRefused("does not begin with", new WebAddress(), "example.com");
        assertRefused("does not begin with", new WebAddress(), "javascript:alert(1)");
        assertRefused("is not a web address", new WebAddress(), "https://a b");
        assertRefused("has no host", new WebAddress(), "https:/a");
    }

    @Test
    void lists() throws Refused {
        TextList field = new TextList(";");
        assertEquals("{\"a\",\"b c\"}", field.normalise(" a; b c ;;"));
        assertEquals(
                "{\"say \\\"x\\\"\",\"back\\\\slash\",\"{,}\",\"NULL\"}",
                field.normalise("say \"x\";back\\slash;{,};NULL"));
        assertEquals("{}", field.normalise(";"));
        assertRefused("has more than 1000 values", field, "a;".repeat(1001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1, 2.50, \"a\"]", "\"text\"", "null", "{\"a\": {\"b\": [true]}}"})
    void json(String text) throws Refused {
        assertEquals(text, new JsonText().normalise(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | is not JSON",
                "{'a':1} | is not JSON",
                "{\"a\":1,\"a\":2} | is not JSON",
                "{} {} | has something behind its JSON",
                "NaN | is not JSON",
                "\"\\u0000\" | has a character that cannot be stored",
                "{\"\\ud800\":1} | has a character that cannot be stored",
            })
    void no_json(String text, String reason) {
        assertRefused(reason, new JsonText(), text);
    }

    @Test
    void json_is_not_deeper_than_a_column_should_be() {
        assertRefused("is not JSON", new JsonText(), "[".repeat(65) + "]".repeat(65));
    }

    private static void assertRefused(String reason, Normaliser field, String value) {
        Refused refused = assertThrows(Refused.class, () -> field.normalise(value), value);
        assertEquals(
                reason,
                refused.getMessage()
                        .substring(
                                0,
                                Math.min(reason.length(), refused.getMessage().length())));
    }
}
