package dev.importonce.source.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.CsvBlocksTest;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.NotPlain;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** CSV in all its dialects. */
class OddCsvTest {
    private static final int MIB = 1 << 20;

    @Property(tries = 2000)
    void whatever_the_other_reader_reads_is_read_as_it_does(@ForAll("texts") String text) throws IOException {
        Optional<List<List<String>>> expected = CsvBlocksTest.readWhole(',', text);
        if (expected.isEmpty()) assertThrows(ProblemException.class, () -> read(text, ',', null));
        else assertEquals(expected.get(), read(text, ',', null));
    }

    @Property
    void cells_are_read_as_they_were_written_with_any_escape(
            @ForAll("rows") List<List<String>> rows,
            @ForAll("marks") char delimiter,
            @ForAll("marks") char escape,
            @ForAll boolean quoted)
            throws IOException {
        if (delimiter == escape) return;
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (String cell : row) cells.add(escaped(cell, delimiter, escape, quoted));
            text.append(String.join(String.valueOf(delimiter), cells)).append("\r\n");
        }
        assertEquals(rows, read(text.toString(), delimiter, escape));
    }

    @Property
    void blanks_before_and_behind_quotes_are_no_part_of_a_cell(
            @ForAll("rows") List<List<String>> rows,
            @ForAll @IntRange(min = 1, max = 100) int before,
            @ForAll @IntRange(max = 5) int behind)
            throws IOException {
        // Over several lines it may be more than one row, and a quote behind a backslash may be escaped by that.
        if (rows.stream().flatMap(List::stream).anyMatch(cell -> cell.contains("\n") || cell.contains("\\\""))) return;
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (String cell : row)
                cells.add(" ".repeat(before) + '"' + cell.replace("\"", "\"\"") + '"' + " ".repeat(behind));
            text.append(String.join(",", cells)).append('\n');
        }
        OddCsv csv = csv(text.toString(), ',', null);
        for (List<String> row : rows) {
            assertTrue(csv.next());
            assertNull(csv.fault());
            assertEquals(
                    row.stream().map(String::strip).toList(),
                    csv.cells().stream().map(String::strip).toList());
        }
    }

    @Test
    void a_quote_within_text_is_kept_or_its_row_is_rejected() throws IOException {
        assertEquals(List.of(List.of("a", " \"Big\" Joe", "c")), read("a, \"Big\" Joe,c\n", ',', null));

        OddCsv csv = csv("a, \"b, c\" d,e\nf\n", ',', null);
        assertTrue(csv.next());
        assertEquals(Sentence.of("cell-with-quotes", 2), csv.fault());
        assertTrue(csv.next());
        assertNull(csv.fault());
        assertEquals(List.of("f"), csv.cells());
    }

    @Test
    void a_backslash_that_turns_out_to_escape_is_told() throws IOException {
        String text = "\"The \\\"Best\\\", Ltd\",\"C:\\\\\"\r\n\"Ends\\\",\"x\"\r\n\"Ends\\\"\r\n";
        NotPlain odd = assertThrows(NotPlain.class, () -> read(text, ',', null));

        Format format = odd.as(Format.UTF8_CSV);
        OddCsv csv = new OddCsv(new StringReader(text), format, false);
        List<List<String>> rows = new ArrayList<>();
        while (csv.next()) rows.add(csv.cells());
        assertEquals(List.of(List.of("The \"Best\", Ltd", "C:\\"), List.of("Ends\\", "x"), List.of("Ends\\")), rows);
    }

    @Test
    void a_row_that_is_too_long_makes_no_other_unreadable() throws IOException {
        for (String cell : List.of("x".repeat(MIB + 1), '"' + "y\n".repeat(MIB) + '"', ",".repeat(2 * MIB))) {
            OddCsv csv = csv("a\n" + cell + ",z\nb\n", ',', null);
            assertTrue(csv.next());
            assertTrue(csv.next());
            assertTrue(csv.isTooLong());
            assertEquals(2, csv.number());
            assertTrue(csv.next());
            assertEquals(List.of("b"), csv.cells());
            assertNotNull(csv.cells());
        }
    }

    @Test
    void a_quote_that_is_never_closed_does_not_swallow_what_follows() {
        String rest = "x\n".repeat(MIB);
        for (String text : List.of("a\n\"b\n" + rest, "a\n\"b\n" + rest + "\"c\",d\n", "\"b"))
            assertThrows(ProblemException.class, () -> read(text, ',', null), "a quote that is not closed");
    }

    @Test
    void empty_lines_are_counted_and_are_no_rows() throws IOException {
        OddCsv csv = csv("\n\r\na\r\r\nb", ',', null);
        assertTrue(csv.next());
        assertEquals(3, csv.number());
        assertTrue(csv.next());
        assertEquals(5, csv.number());
        assertEquals(false, csv.next());
    }

    private static List<List<String>> read(String text, char delimiter, Character escape) throws IOException {
        OddCsv csv = csv(text, delimiter, escape);
        List<List<String>> rows = new ArrayList<>();
        while (csv.next()) {
            assertNull(csv.fault());
            rows.add(List.copyOf(csv.cells()));
        }
        return rows;
    }

    private static OddCsv csv(String text, char delimiter, Character escape) throws IOException {
        Format format =
                Format.csv(delimiter, StandardCharsets.UTF_8, null).escaped(escape == null ? null : escape.toString());
        return new OddCsv(slowly(text), format, escape != null);
    }

    /** A few characters at a time, as a network brings them. */
    private static Reader slowly(String text) {
        if (text.length() > 10_000) return new StringReader(text);
        return new StringReader(text) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 3));
            }
        };
    }

    private static String escaped(String cell, char delimiter, char escape, boolean quoted) {
        StringBuilder text = new StringBuilder();
        for (char c : cell.toCharArray()) {
            boolean means = c == '"' || c == escape || !quoted && (c == delimiter || c == '\n' || c == '\r');
            if (means) text.append(escape);
            text.append(c);
        }
        return quoted ? '"' + text.toString() + '"' : text.toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of("a", "b", "\u00e9", "\ud83d\ude00")),
                        Tuple.of(4, Arbitraries.of(",", ";")),
                        Tuple.of(4, Arbitraries.of("\r", "\n", "\r\n")),
                        Tuple.of(3, Arbitraries.of("\"", "\"\"", "\"a\"", "\"\n\"")))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        Arbitrary<String> cells = Arbitraries.of("a", "\"", "\\", ",", ";", "^", "\n", "\u00e9", "b")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(parts -> "x" + String.join("", parts) + "y");
        return cells.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Character> marks() {
        return Arbitraries.of(',', ';', '\\', '^', '\u001f');
    }
}
