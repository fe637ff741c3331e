package dev.importonce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CellsTest {
    @Property(tries = 1000)
    void taking_a_guard_off_gives_back_what_was_guarded(@ForAll("cells") String cell) {
        assertEquals(cell, Cells.unguard(Cells.guard(cell)));
    }

    @Property(tries = 1000)
    void what_is_guarded_begins_like_no_formula(@ForAll("cells") String cell) {
        String guarded = Cells.guard(cell);
        assertFalse(guarded.matches("(?s)[=+\\-@\t\r\n].*"), guarded);
    }

    @Example
    void only_what_a_spreadsheet_would_run_is_guarded() {
        for (String cell : new String[] {"", "a", "a=1", "'", "''a", "'a", " =1", "1+1", "\"=1\""})
            assertEquals(cell, Cells.guard(cell));
        for (String cell : new String[] {"=1+1", "+49 30 1", "-5", "@handle", "\t=1", "\r=1", "\n=1", "=", "=\n1"})
            assertEquals("'" + cell, Cells.guard(cell));
    }

    @Example
    void a_guard_of_the_senders_own_is_guarded_too_so_that_it_stays() {
        assertEquals("''=1", Cells.guard("'=1"));
        assertEquals("'=1", Cells.unguard("''=1"));
    }

    @Example
    void an_apostrophe_that_guards_nothing_stays() {
        for (String cell : new String[] {"'", "'a", "'tis", "''", "=1", ""}) assertEquals(cell, Cells.unguard(cell));
    }

    @Example
    void white_space_of_any_script_is_taken_off_the_ends_and_stays_inside() {
        assertEquals("a b", Cells.clean(" \t\r\n\u00a0\u2007\u202f\u3000a b\u2028 "));
        assertEquals("a\u00a0\n b", Cells.clean("a\u00a0\n b"));
        assertEquals("", Cells.clean(" \u00a0\t"));
        assertEquals("", Cells.clean(""));
    }

    @Example
    void a_character_u_0000_is_no_white_space_but_a_fault() {
        assertEquals("\0a\0", Cells.clean(" \0a\0 "));
        assertEquals("\0", Cells.clean("\0"));
    }

    @Example
    void what_is_taken_to_be_in_nfc_without_asking_the_library_is_in_nfc() {
        for (char first = 0; first < 0x300; first++)
            for (char second = 0; second < 0x300; second++) {
                String text = "" + first + second;
                assertEquals(Normalizer.normalize(text, Normalizer.Form.NFC), Cells.composed(text));
            }
        assertEquals("\u00e9", Cells.composed("e\u0301"));
    }

    @Property(tries = 1000)
    void a_clean_cell_is_in_nfc_and_cleaning_it_changes_nothing(@ForAll("cells") String cell) {
        String clean = Cells.clean(cell);
        assertEquals(clean, Cells.clean(clean));
        assertEquals(Normalizer.normalize(clean, Normalizer.Form.NFC), clean);
    }

    @Provide
    Arbitrary<String> cells() {
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("''''=+-@\t\r\n\0 \u00a0\u0085\u3000ae\u0301\u0323\u00e9")
                .ofMaxLength(8);
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(20));
    }
}
