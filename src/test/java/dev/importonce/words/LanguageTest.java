package dev.importonce.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|DE",
                "de-AT|DE",
                "pt-BR, en;q=0.5|PT",
                "sv, fr;q=0.8, de;q=0.9|DE",
                "fr;q=0, it|IT",
                "zh-Hant-TW, ja;q=0.1|JA",
                "AR-eg|AR",
                "sv|EN",
                "*|EN",
                "en, de;q=0.9|EN"
            })
    void accept_language_is_read_by_its_weights(String accepted, Language expected) {
        assertEquals(expected, Language.of(null, accepted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";q=1",
                "de;q=2",
                "de;q=x",
                "d\u00e9",
                "de_AT",
                "a-very-long-subtag-of-language",
                "\0",
                "-"
            })
    void a_malformed_one_is_none(String accepted) {
        assertEquals(Language.EN, Language.of(null, accepted));
    }

    @Test
    void one_that_is_too_long_is_not_read() {
        assertEquals(Language.EN, Language.of(null, "de," + "en-GB;q=0.1,".repeat(50)));
    }

    @ParameterizedTest
    @CsvSource({"de,DE", "de_AT,DE", "PT-br,PT", "sv,EN", "'',EN", "'; drop',EN"})
    void a_locale_goes_before_the_header(String locale, Language expected) {
        assertEquals(expected, Language.of(locale, "fr"));
    }

    @Test
    void without_a_wish_it_is_english() {
        assertEquals(Language.EN, Language.of(null, null));
    }
}
