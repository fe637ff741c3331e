package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
            ISO-8859-7   | email,name~a@b.gr,Γιώργος Παπαδόπουλος~
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
                        .name());
    }

    @ParameterizedTest
    @CsvSource({"EFBBBF61, UTF-8", "FFFE6100, UTF-16LE", "FEFF0061, UTF-16BE"})
    void a_byte_order_mark_decides(String hex, String encoding) {
        assertEquals(encoding, Encodings.of(HexFormat.of().parseHex(hex)).name());
    }

    @Test
    void utf8_that_something_has_damaged_is_still_utf8() {
        byte[] text = "é".repeat(20).concat("x").getBytes(StandardCharsets.UTF_8);
        text[text.length - 1] = (byte) 0xFF;

        assertEquals(StandardCharsets.UTF_8, Encodings.of(text));
    }

    @Test
    void bytes_that_stand_for_no_text_are_not_plausible() {
        Charset western = Charset.forName("windows-1252");

        assertTrue(Encodings.isPlausible("Müller".getBytes(western), western));
        assertTrue(Encodings.isPlausible("5 €".getBytes(western), western));
        assertFalse(Encodings.isPlausible(new byte[] {'a', (byte) 0x81}, western));
        assertFalse(Encodings.isPlausible(new byte[] {'a', (byte) 0xFF, 'b'}, western));
        assertFalse(Encodings.isPlausible(new byte[] {(byte) 0xC3, '('}, western));
    }
}
