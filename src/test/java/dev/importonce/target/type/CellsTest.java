package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
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
        assertFalse(guarded.matches("(?s)[=+\\-@＝＋－＠\t\r\n].*"), guarded);
    }

    @Property(tries = 2000)
    @SuppressWarnings("removal") // The library knows no other way to read what is behind a closing quote.
    void guarded_cells_are_no_formulas_wherever_the_file_is_cut(
            @ForAll("cells") String first, @ForAll("cells") String second) {
        StringWriter file = new StringWriter();
        CsvWriter writer = CsvWriter.builder().bufferSize(0).build(file);
        writer.writeRecord("a", Cells.guard(first), Cells.guard(second));
        writer.writeRecord(Cells.guard(second), "a", Cells.guard(first));
        for (char delimiter : new char[] {',', ';', '\t', '|'}) {
            for (String cell : file.toString().split("[\r\n" + delimiter + "]")) assertNoFormula(cell);
            CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowExtraCharsAfterClosingQuote(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(file.toString())
                    .stream()
                    .forEach(row -> row.getFields().forEach(CellsTest::assertNoFormula));
        }
    }

    private static void assertNoFormula(String cell) {
        assertFalse(cell.matches("(?s)[=+\\-@＝＋－＠].*"), cell);
    }

    @Property(tries = 1000)
    void each_guard_on_top_of_another_is_taken_off_by_itself(@ForAll("cells") String cell) {
        String once = Cells.guard(cell);
        String twice = Cells.guard(once);

        assertEquals(once, Cells.unguard(twice));
        assertEquals(cell, Cells.unguard(once));
    }

    @Example
    void what_another_delimiter_would_make_a_formula_is_guarded() {
        assertEquals("x;'=1+2", Cells.guard("x;=1+2"));
        assertEquals("x;\"'=1+2\"", Cells.guard("x;\"=1+2\""));
        assertEquals("a,'=1|'+2\t'-3\n'@4\r'=5", Cells.guard("a,=1|+2\t-3\n@4\r=5"));
        assertEquals("'=1;'=2", Cells.guard("=1;=2"));
        assertEquals("'\t'=1", Cells.guard("\t=1"));
        for (String cell : new String[] {"a;b", ";", "a; =1", "a-b", "Anna - Bonn", "1;'", "x;'a", "a:=1"})
            assertEquals(cell, Cells.guard(cell));
    }

    @Example
    void a_formula_in_full_width_is_one() {
        for (String cell : new String[] {"＝1+2", "＋1", "－1", "＠SUM(A1)"}) assertEquals("'" + cell, Cells.guard(cell));
        assertEquals("x;'＝1", Cells.guard("x;＝1"));
    }

    @Example
    void what_an_earlier_version_has_guarded_is_read_as_it_was() {
        for (String cell : new String[] {"=1+1", "+49 30 1", "-5", "@handle", "\t=1", "\r=1", "\n=1", "'=1", "=1;a"})
            assertEquals(cell, Cells.unguard("'" + cell));
    }

    @Example
    void only_what_a_spreadsheet_would_run_is_guarded() {
        for (String cell : new String[] {"", "a", "a=1", "'", "''a", "'a", " =1", "1+1", "\"=1\""})
            assertEquals(cell, Cells.guard(cell));
        for (String cell : new String[] {"=1+1", "+49 30 1", "-5", "@handle", "\t1", "\r1", "\n1", "=", "=\n1"})
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
    void white_space_of_any_script_is_removed_at_the_ends_only() {
        assertEquals("a b", Cells.clean(" \t\r\n\u00a0\u2007\u202f\u3000a b\u2028 "));
        assertEquals("a\u00a0\n b", Cells.clean("a\u00a0\n b"));
        assertEquals("", Cells.clean(" \u00a0\t"));
        assertEquals("", Cells.clean(""));
    }

    @Example
    void a_formula_around_digits_that_keeps_them_as_text_is_removed() {
        assertEquals("0151", Cells.unwrapped("=\"0151\""));
        assertEquals("a\"b\"\"", Cells.unwrapped("=\"a\"\"b\"\"\"\"\""));
        assertEquals("", Cells.unwrapped("=\"\""));
        for (String other : new String[] {"", "=", "=\"", "=\"a", "=\"a\"&\"b\"", "=\"a\"\"", "\"a\"", "=a", "x=\"a\""})
            assertEquals(other, Cells.unwrapped(other));
    }

    @Example
    void a_character_u_0000_is_no_white_space_but_a_fault() {
        assertEquals("\0a\0", Cells.clean(" \0a\0 "));
        assertEquals("\0", Cells.clean("\0"));
    }

    @Example
    void what_is_taken_for_nfc_without_the_library_is_in_nfc() {
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
                .withChars("''''\"\";;,|=+-@＝＋－＠\t\r\n\0 \u00a0\u0085\u3000ae\u0301\u0323\u00e9")
                .ofMaxLength(8);
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(20));
    }
}
