package dev.importonce.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FileNameTest {
    @Example
    void a_name_loses_its_directories_whatever_system_it_comes_from() {
        assertEquals("c.csv", FileName.of("C:\\Users\\me\\c.csv"));
        assertEquals("c.csv", FileName.of("/home/me/c.csv"));
        assertEquals("c.csv", FileName.of("../..\\a/c.csv"));
    }

    @Example
    void control_characters_and_white_space_around_it_are_taken_off() {
        assertEquals("ab.csv", FileName.of(" a\u0000\r\n\u007f\u0085\u009fb.csv\t"));
    }

    @Example
    void letters_of_any_script_stay() {
        assertEquals("Kundén 顧客 😀.csv", FileName.of("Kundén 顧客 😀.csv"));
    }

    @Example
    void a_name_of_which_nothing_is_left_is_no_name() {
        for (String sent : new String[] {null, "", " ", "a/", "\\", "/\u0000\u0085 "})
            assertNull(FileName.of(sent), sent);
    }

    @Example
    void a_long_name_is_cut_between_characters() {
        assertEquals("😀".repeat(255), FileName.of("😀".repeat(300)));
        assertEquals("a".repeat(254), FileName.of("a".repeat(254) + " b"));
    }

    @Property(tries = 1000)
    void every_name_can_be_stored_and_shown(@ForAll("names") String sent) {
        String name = FileName.of(sent);
        if (name == null) return;

        assertTrue(!name.isBlank() && name.codePointCount(0, name.length()) <= 255, name);
        assertTrue(name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c)), name);
        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(name), name);
        assertEquals(name, FileName.of(name));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("a. /\\\t\0\u0085\u00a0\ud83d\ude00")
                .ofMaxLength(20);
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(300));
    }
}
