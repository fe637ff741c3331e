package dev.importonce.source.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Table;
import dev.importonce.source.format.FormatHint;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windows-1252 | email;name;city~a@b.de;Müller;Köln~
            windows-1252 | email,name~a@b.fr,Éloïse Dupré~c@d.fr,François~
            windows-1252 | email,price~a@b.fr,5 €~
            windows-1252 | email,name~a@b.se,Åsa Sjöström~b@c.dk,Søren Ærø~
            windows-1251 | email,name~a@b.ru,Иван Петров~c@d.ru,Ольга Смирнова~
            KOI8-R       | email,name~a@b.ru,Иван Петров~c@d.ru,Ольга Смирнова~
            windows-1253 | email,name~a@b.gr,Γιώργος Παπαδόπουλος~
            Shift_JIS    | email,name~a@b.jp,山田太郎~c@d.jp,鈴木さん~
            UTF-8        | email,name~a@b.de,Müller~
            UTF-8        | email,name~a@b.de,Miller~
            UTF-16LE     | email,name~a@b.de,Müller~
            UTF-16BE     | email,name~a@b.de,Müller~
            """)
    void what_people_write_is_read_in_what_they_wrote_it_in(String encoding, String text) {
        assertEquals(
                encoding,
                Encodings.of(text.replace('~', '\n').getBytes(Charset.forName(encoding)))
                        .encoding());
    }

    @ParameterizedTest
    @CsvSource({
        "EFBBBF61, UTF-8",
        "FFFE6100, UTF-16LE",
        "FEFF0061, UTF-16BE",
        "FFFE000061000000, UTF-32LE",
        "0000FEFF00000061, UTF-32BE"
    })
    void a_byte_order_mark_decides(String hex, String encoding) {
        assertEquals(encoding, Encodings.of(HexFormat.of().parseHex(hex)).encoding());
    }

    @Test
    void a_byte_without_a_meaning_is_named_by_its_place_in_the_file() {
        byte[] file = ("email;name\r\n" + "a@b.example;Andr\u00e9\r\n".repeat(60_000))
                .getBytes(Charset.forName("windows-1252"));
        file[1_000_003] = (byte) 0x81;
        FormatHint hint = new FormatHint("csv", ";", "windows-1252", null, null, null, null);

        Undecodable refused = assertThrows(Undecodable.class, () -> Table.of(file, hint, 5000));

        assertEquals(1_000_003, refused.offset());
    }

    @Test
    void utf8_that_something_has_damaged_is_still_utf8() {
        byte[] text = "é".repeat(20).concat("x").getBytes(StandardCharsets.UTF_8);
        text[text.length - 1] = (byte) 0xFF;

        assertEquals("UTF-8", Encodings.of(text).encoding());
    }

    @Test
    void bytes_that_stand_for_no_text_are_later_refused_as_utf_8() {
        byte[] noise = new byte[2000];
        new Random(1).nextBytes(noise);

        assertEquals("UTF-8", Encodings.of(noise).encoding());
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "ISO-2022-JP"})
    void texts_known_by_zeros_or_escapes_need_no_ascii_letters(String encoding) {
        byte[] text = "\u540d\u524d,\u753a\n\u5c71\u7530\u592a\u90ce,\u4e0a\u6d77\n\u9234\u6728,\u4eac\u90fd\n"
                .getBytes(Charset.forName(encoding));

        assertEquals(encoding, Encodings.of(text).encoding());
    }

    @Test
    void zeros_in_a_text_of_bytes_do_not_make_it_wide() {
        byte[] text = "email,name\na@b.de,A\0nn\nb@b.de,Bob\n".getBytes(StandardCharsets.UTF_8);

        assertEquals("UTF-8", Encodings.of(text).encoding());
    }
}
