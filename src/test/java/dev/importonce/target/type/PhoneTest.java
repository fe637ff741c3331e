package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.target.type.Normaliser.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as people in many countries write them, and what is no number, or not only one. */
class PhoneTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "DE | 030 90 18-20            | +4930901820",
                "DE | (0171) 123 45 67        | +491711234567",
                "DE | 0621/60-0000            | +49621600000",
                "DE | 0049 30 901820          | +4930901820",
                "DE | +41 44 668 18 00        | +41446681800",
                "DE | 1711234567              | +491711234567",
                "AT | 01 58 800-0             | +431588000",
                "CH | 044 668 18 00           | +41446681800",
                "FR | 06.12.34.56.78          | +33612345678",
                "FR | 33612345678             | +33612345678",
                "GB | 020 7946 0958           | +442079460958",
                "IT | 06 6982                 | +39066982",
                "ES | 912 345 678             | +34912345678",
                "NL | 020-123 4567            | +31201234567",
                "PL | 22 123 45 67            | +48221234567",
                "SE | 08-123 456 78           | +46812345678",
                "TR | 0212 123 45 67          | +902121234567",
                "US | (650) 253-0000          | +16502530000",
                "US | 1-650-253-0000          | +16502530000",
                "US | 011 49 30 901820        | +4930901820",
                "BR | (11) 96123-4567         | +5511961234567",
                "AR | 011 15-2345-6789        | +5491123456789",
                "MX | 55 1234 5678            | +525512345678",
                "IN | 098765 43210            | +919876543210",
                "IN | 919876543210            | +919876543210",
                "CN | 138 0013 8000           | +8613800138000",
                "JP | 03-1234-5678            | +81312345678",
                "AU | (02) 9374 4000          | +61293744000",
                "NZ | 021 123 4567            | +64211234567",
                "ZA | 082 123 4567            | +27821234567",
                "NG | 0803 123 4567           | +2348031234567",
                "EG | 010 0123 4567           | +201001234567",
            })
    void a_number_is_read_as_its_region_writes_it(String region, String text, String phone) throws Refused {
        assertEquals(phone, new Phone(region).normalise(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "+49 (0)30 901820                                      | +4930901820",
                "(+49) 30 901820                                       | +4930901820",
                "+39 06 6982                                           | +39066982",
                "+1.650.253.0000                                       | +16502530000",
                "+800 1234 5678                                        | +80012345678",
                "tel:+49-30-901820                                     | +4930901820",
                "'+49 30 901820                                        | +4930901820",
                "\"+49 30 901820\"                                     | +4930901820",
                "\u202a+49 30 901820\u202c                             | +4930901820",
                "+49\u00a030\u2011901820                               | +4930901820",
                "\uff0b\uff18\uff11\uff0d\uff13\uff0d1234\uff0d5678    | +81312345678",
                "+\u0662\u0660 \u0661\u0660\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667 | +201001234567",
            })
    void with_its_country_code_a_number_needs_no_region(String text, String phone) throws Refused {
        assertEquals(phone, new Phone(null).normalise(text));
        assertEquals(phone, new Phone("US").normalise(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "+49 30 901820 ext. 12      | has an extension",
                "030 901820 x12             | has an extension",
                "tel:+49-30-901820;ext=12   | has an extension",
                "+49 30 901820#12           | has an extension",
                "0800 FLOWERS               | has letters",
                "Tel. 030 901820            | has letters",
                "\u0442\u0435\u043b 030 901820 | has letters",
                "030 901820, 030 901821     | may be more than one phone number",
                "030 901820; 0171 1234567   | may be more than one phone number",
                "030 901820/57              | may be more than one phone number",
                "030/901820/0171 1234567    | may be more than one phone number",
                "+49 30 901820 +49 30 901821 | may be more than one phone number",
                "030 901820 / 0171 1234567  | is not a phone number",
                "030\u200b901820            | is not a phone number: it has an invisible character, U+200B",
                "030\t901820                | is not a phone number: it has white space or a control character, U+0009",
                "030'901820                 | is not a phone number: it has a quotation mark",
                "4.93E+11                   | has letters",
                "+49 30                     | is not a phone number of DE: its area code is missing",
                "112                        | is not a phone number of DE: its area code is missing",
                "+1 650 253 00              | is not a phone number of US: it has too few digits",
                "+1 650 253 00000           | is not a phone number of US: it has too many digits",
                "+1 650 153 0000            | is not a phone number of US: no such number is assigned there",
                "+999 1234567               | is not a phone number: no country has the code behind its +",
                "+                          | is not a phone number: it has too few digits",
                "-                          | is not a phone number: it has too few digits",
                "00                         | is not a phone number: it has too few digits",
                "+123456789012345678901     | is not a phone number: it has too many digits",
            })
    void what_is_not_one_whole_number_is_refused(String text, String reason) {
        assertRefused(reason, new Phone("DE"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"030 901820", "0049 30 901820", "4930901820", "16502530000"})
    void without_country_code_and_region_it_is_nobodys_number(String text) {
        assertRefused("has no country code: write it with + and the code", new Phone(null), text);
    }

    @Test
    void a_lost_plus_is_ambiguous_where_numbers_have_many_lengths() {
        assertRefused(
                "is ambiguous: it may be +49491711234567 or +491711234567; write it with +",
                new Phone("DE"),
                "491711234567");
    }

    @Test
    void no_text_takes_long() {
        assertRefused("is longer than a phone number", new Phone("DE"), "1".repeat(101));
    }

    private static void assertRefused(String reason, Phone field, String text) {
        Refused refused = assertThrows(Refused.class, () -> field.normalise(text), text);
        String message = refused.getMessage();
        assertEquals(reason, message.substring(0, Math.min(reason.length(), message.length())));
    }
}
