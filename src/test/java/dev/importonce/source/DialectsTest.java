package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Table;
import dev.importonce.fixture.Workbooks;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.Notice;
import dev.importonce.source.table.TableWriter;
import dev.importonce.source.xlsx.SheetReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around a table in the files of people and programs, and how it is written: the rows are the same. */
class DialectsTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "30-sep-line.sep_comma_bom.csv, Email|First Name, sep3@a.example|Ann",
        "30-sep-line.sep_pipe_utf16.csv, Email|First Name, sep5@a.example|\u00c4nn",
        "30-sep-line.sep_semicolon.csv, Email|First Name|Last Name|Phone, sep1@a.example|Ann|Lee|0151 1",
        "31-header-not-first.blank_first_lines.csv, Email|First Name|Last Name, bf1@a.example|Ann|Lee",
        "31-header-not-first.dash_row.csv, Email|First Name, dr1@a.example|Ann",
        "31-header-not-first.no_header.csv, Column 1|Column 2|Column 3, nh1@a.example|Ann|Lee",
        "31-header-not-first.title_rows.csv, Email|First Name|Last Name, ti1@a.example|Ann|Lee",
        "31-header-not-first.title_rows_delims.csv, Email|First Name|Last Name, tj1@a.example|Ann|Lee",
        "31-header-not-first.x_merged_header.xlsx, Email|First Name|Company, xs1@a.example|Ann|Acme",
        "38-delimiters.delim_caret.csv, Email|First Name|Company, dk1@a.example|Ann|X",
        "23-json-taken-for-csv.json_array_arrays.json, email|firstName, ja1@a.example|Ann",
        "23-json-taken-for-csv.json_array_arrays_multi.json, email|firstName, ja1@a.example|Ann",
        "23-json-taken-for-csv.json_comments.json, email, jc1@a.example",
        "34-json-wrapped.json_firestore.json, email|_key, jf1@a.example|u1",
        "34-json-wrapped.json_graphql.json, node.email, jg1@a.example",
        "34-json-wrapped.json_nested_email.json, name.first|contact.email, Ann|jne1@a.example",
        "34-json-wrapped.json_wrapped_data.json, email|firstName, jw1@a.example|Ann",
    })
    void the_names_and_the_first_row_of(String file, String header, String row) {
        Table table = Table.of(Cases.file(file), FormatHint.NONE, 9);
        assertEquals(List.of(header.split("\\|")), table.plan().header());
        assertEquals(List.of(row.split("\\|")), table.rows().get(0).cells());
        assertTrue(table.rows().stream().allMatch(other -> other.fault() == null));
    }

    @Test
    void the_place_of_the_names_can_be_said() {
        byte[] titled = Cases.file("31-header-not-first.title_rows.csv");
        for (int row : new int[] {2, 3})
            assertEquals(
                    List.of("Email", "First Name", "Last Name"),
                    Table.of(titled, header(row, null), 9).plan().header());
        Table below = Table.of(titled, header(4, null), 9);
        assertEquals(List.of("ti1@a.example", "Ann", "Lee"), below.plan().header());
        assertEquals(5, below.rows().get(0).number());

        byte[] untitled = Cases.file("31-header-not-first.no_header.csv");
        assertEquals(2, Table.of(untitled, header(null, false), 9).rows().size());
        Table named = Table.of(untitled, header(null, true), 9);
        assertEquals(List.of("nh1@a.example", "Ann", "Lee"), named.plan().header());
        assertEquals(1, named.rows().size());

        byte[] sheet = Cases.file("31-header-not-first.x_merged_header.xlsx");
        assertEquals(
                List.of("Person", "Column 2", "Work"),
                Table.of(sheet, header(1, null), 9).plan().header());
        assertEquals(3, Table.of(sheet, header(null, false), 9).rows().size());
        assertRefused(ProblemType.NO_DATA_ROWS, titled, header(90, null));
        byte[] wide = (",".repeat(20_000) + "x\n1\n").getBytes(StandardCharsets.UTF_8);
        assertRefused(ProblemType.UNREADABLE_FILE, wide, header(null, false));
    }

    @Test
    void a_delimiter_may_be_any_character() {
        for (String delimiter : List.of("~", ":", "#", " ", "\u00a7", "\u001f", "x")) {
            String text = "Email" + delimiter + "Name\na@b.ample" + delimiter + "Ann\n";
            FormatHint hint = new FormatHint(null, delimiter, null, null, null, null, null);
            Table table = Table.of(text.getBytes(StandardCharsets.UTF_8), hint, 9);
            assertEquals(List.of("Email", "Name"), table.plan().header(), delimiter);
            assertEquals(List.of("a@b.ample", "Ann"), table.rows().get(0).cells(), delimiter);
        }
    }

    @Test
    void a_backslash_before_quotes_is_found_wherever_it_first_stands() {
        Table table = Table.of(Cases.file("09-quotes-not-at-cell-start.quote_backslash.csv"), FormatHint.NONE, 9);
        assertEquals(
                List.of("The \"Best\", Ltd", "C:\\", "Ends\\"),
                table.rows().stream().map(row -> row.cells().get(2)).toList());
        assertEquals("\\", table.plan().format().escape());
        assertEquals(List.of("escape-guessed"), codes(table));

        String late = "a,b\n" + "1,2\n".repeat(100_000) + "\"x \\\"y\\\", z\",3\n";
        Table found = read(late);
        assertEquals(
                List.of("x \"y\", z", "3"),
                found.rows().get(found.rows().size() - 1).cells());
    }

    @Test
    void rows_without_values_are_skipped_and_row_numbers_are_kept() {
        Random random = new Random(7);
        List<String> blanks = List.of(",,", " , ,", "\"\",,\"\"", ",", "\t", "");
        for (int round = 0; round < 200; round++) {
            List<String> lines = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            lines.add("a,b,c");
            for (int i = 0; i < 30; i++) {
                if (random.nextInt(4) == 0) lines.add(blanks.get(random.nextInt(blanks.size())));
                else {
                    lines.add("1,2," + i);
                    numbers.add((long) lines.size());
                }
            }
            long blank = lines.stream()
                    .filter(line -> !line.isEmpty() && line.chars().noneMatch(Character::isLetterOrDigit))
                    .count();
            Table table = read(String.join("\r\n", lines));
            assertEquals(numbers.size(), table.rows().size());
            if (blank == 0) continue;
            assertEquals(numbers, table.rows().stream().map(FileRow::number).toList(), lines::toString);
            assertEquals(blank, count(table, "blank-rows"), lines::toString);
        }
        assertRefused(
                ProblemType.NO_DATA_ROWS, Cases.file("33-blank-rows.header_only_blank_rows.csv"), FormatHint.NONE);
        assertRefused(ProblemType.EMPTY_FILE, Cases.file("33-blank-rows.empty_ws.csv"), FormatHint.NONE);
    }

    @Test
    void each_reader_counts_short_rows_and_blank_surplus_cells() {
        String text = "a,b,\n1,2,3\n1\n1,2\n1,2,3, ,\n1,2,3,4\n";
        for (String file : List.of(text, text + ",,\n")) {
            Table table = read(file);
            assertEquals(2, count(table, "short-rows"), file);
            assertEquals(1, count(table, "blank-surplus-cells"), file);
            assertEquals(3, count(table, "unnamed-column"), file);
            assertEquals(List.of("a", "b", "Column 3"), table.plan().header());
        }
        assertEquals(List.of(), codes(read("a,b\n1,2\n")));
    }

    @Test
    void a_header_is_found_below_titles_and_in_a_good_first_row() {
        assertHeader("Name", "Name,\nAnn,Lee\nBo,Ray\n");
        assertHeader("Email", "Email,,Name\na@b.example,x,Ann\n");
        assertHeader("Campaign", "Campaign,,Step\nc1,note,1\nc2,note,2\n");
        assertHeader("Email", "List of 2026;;\n;;\nEmail;Name;Since\na@b.example;Ann;2026-01-01\n");
        assertHeader("Email", "Email\na@b.example\n");
        assertHeader("Column 1", "a@b.example\n");
        assertHeader("me@b.example", "me@b.example,Name\nx,Ann\n");
        assertHeader("id", "id,name\n1,Ann\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "ndjson"})
    void a_row_that_is_too_long_is_rejected_and_no_other(String type) {
        String longest = "x".repeat(MIB + 200_000);
        String text =
                switch (type) {
                    case "csv" -> "email,note\na@b.example,1\nb@b.example," + longest + "\nc@b.example,3\n";
                    case "json" ->
                        "[{\"email\":\"a@b.example\"},{\"email\":\"b@b.example\",\"note\":\"" + longest
                                + "\"},{\"email\":\"c@b.example\"}]";
                    default ->
                        "{\"email\":\"a@b.example\"}\n{\"email\":\"b@b.example\",\"note\":\"" + longest
                                + "\"}\n{\"email\":\"c@b.example\"}\n";
                };
        List<FileRow> rows = read(text).rows();
        assertEquals(3, rows.size());
        assertNull(rows.get(0).fault());
        assertEquals(TableWriter.tooLong().english(), rows.get(1).fault());
        assertNull(rows.get(2).fault());
        assertEquals("c@b.example", rows.get(2).cells().get(0));
    }

    @Test
    void a_sheet_s_row_that_is_too_long_is_rejected_and_no_other() {
        String cell = "<c t=\"str\"><v>" + "x".repeat(30_000) + "</v></c>";
        byte[] file = Workbooks.with(
                Workbooks.SHEET,
                Workbooks.sheet("<row><c t=\"str\"><v>a</v></c></row><row>" + cell.repeat(40)
                        + "</row><row><c t=\"str\"><v>b</v></c></row>"));
        List<FileRow> rows = Table.of(file, FormatHint.NONE, 9).rows();
        assertEquals(
                Collections.nCopies(1, TableWriter.tooLong().english()),
                rows.stream().map(FileRow::fault).filter(fault -> fault != null).toList());
        assertEquals("b", rows.get(2).cells().get(0));
    }

    @Test
    void a_formula_without_a_value_is_told_by_its_place() {
        Table table = Table.of(Cases.file("11-formula-without-value.real_openpyxl_xlsx.xlsx"), FormatHint.NONE, 9);
        Notice notice = table.plan().notices().stream()
                .filter(one -> one.code().equals("formula-without-value"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, notice.count());
        assertTrue(notice.detail().contains("B4, C4"), notice.detail());
        assertEquals(SheetReader.NOT_CALCULATED, table.rows().get(2).cells().get(1));
        // A formula whose value is no text at all has been calculated.
        byte[] calculated = Workbooks.with(
                Workbooks.SHEET,
                Workbooks.sheet("<row><c t=\"str\"><v>a</v></c><c t=\"str\"><f>X1</f><v></v></c></row>"));
        assertEquals(List.of(), codes(Table.of(calculated, FormatHint.NONE, 9)));
    }

    @ParameterizedTest
    @CsvSource({
        "24-ndjson-one-bad-line.json_null_element.json, 1, 5, Element 2 is not an object.",
        "24-ndjson-one-bad-line.nd_array_line.ndjson, 1, 5, Line 2 is not an object.",
        "24-ndjson-one-bad-line.nd_bad_line.ndjson, 1, 3, Line 2 is not valid JSON",
    })
    void what_is_no_record_is_rejected_by_its_number(String file, long first, long last, String fault) {
        List<FileRow> rows = Table.of(Cases.file(file), FormatHint.NONE, 9).rows();
        List<FileRow> read = rows.stream().filter(row -> row.fault() == null).toList();
        assertEquals(List.of(first, last), read.stream().map(FileRow::number).toList());
        assertEquals(last, rows.size());
        assertTrue(rows.get(1).fault().startsWith(fault), rows.get(1).fault());
        // So that it is rejected again when it is sent back as it is.
        assertTrue(rows.get(1).cells().stream().skip(1).anyMatch(cell -> !cell.isBlank()));
    }

    @Test
    void any_line_may_be_broken_anywhere() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int broken = random.nextInt(6);
            List<String> lines = IntStream.range(0, 6)
                    .mapToObj(i -> "{\"email\":\"u" + i + "@a.example\",\"n\":{\"a\":[" + i + "]}}")
                    .collect(Collectors.toList());
            String whole = lines.get(broken);
            lines.set(broken, whole.substring(0, 1 + random.nextInt(whole.length() - 1)));
            List<FileRow> rows = read(String.join("\n", lines)).rows();
            assertEquals(6, rows.size(), lines::toString);
            for (int i = 0; i < 6; i++) {
                assertEquals(i + 1, rows.get(i).number());
                assertEquals(i == broken, rows.get(i).fault() != null, lines::toString);
            }
        }
    }

    @Test
    void json_is_read_however_its_values_are_laid_out() {
        String row = "{\n  \"email\": \"a@a.example\",\n  \"n\": 1.50 }";
        for (String text : List.of(
                row + "\n" + row,
                "[" + row + "," + row + "]",
                "\u001e" + row.replace("\n", "") + "\n\u001e" + row.replace("\n", "") + "\n",
                "// made by hand\n[" + row + ", /* again */ " + row + ",]",
                "{\"total\":2,\"page\":{\"items\":[" + row + "," + row + "]}}",
                "[\"email\",\"n\"]\n[\"a@a.example\",1.50]\n[\"a@a.example\",1.50]\n")) {
            Table table = read(text);
            assertEquals(List.of("email", "n"), table.plan().header(), text);
            assertEquals(2, table.rows().size(), text);
            for (FileRow one : table.rows()) assertEquals(List.of("a@a.example", "1.50"), one.cells(), text);
        }
        assertEquals(
                "page.items",
                read("{\"page\":{\"items\":[" + row + "]}}").plan().format().path());
    }

    @Test
    void a_row_that_has_a_name_twice_is_rejected() {
        List<FileRow> rows = read("{\"a\":1,\"a\":2}\n{\"a\":3,\"b\":{\"c\":4},\"b.c\":5}\n{\"a\":6}\n")
                .rows();
        assertEquals("The row has \"a\" twice.", rows.get(0).fault());
        assertEquals("The row has \"b.c\" twice.", rows.get(1).fault());
        assertNull(rows.get(2).fault());
    }

    @Test
    void what_may_be_several_rows_is_never_one_in_silence() {
        // MySQL writes a quote at a cell's end so.
        List<FileRow> escaped = read("\"email\",\"size\"\n\"a@x.example\",\"5\\\"\"\n\"c@x.example\",\"6\"\n")
                .rows();
        assertEquals(
                List.of("5\"", "6"),
                escaped.stream().map(row -> row.cells().get(1)).toList());

        List<FileRow> guessed = read("e,n,o\na@x.example,\"C:\\dir\\\",one\nb@x.example,\"say \\\"hi\\\"\",two\n")
                .rows();
        assertTrue(guessed.size() == 2 || guessed.get(0).fault() != null, guessed::toString);

        List<FileRow> spaced = read("e,n,o\na@x.example, \"Ann,Lee\nb@x.example,Bo,Ray\nc@x.example,Cy, Fox\"\n")
                .rows();
        assertTrue(spaced.get(0).fault().contains("several rows"), spaced::toString);
    }

    @Test
    void hostile_first_rows_are_looked_at_in_time() {
        String cell = "@.".repeat(30_000);
        assertTrue(read(cell + " x,b\n1,2\n").rows().size() == 1);
        assertEquals(
                100,
                read("email" + ",".repeat(16_000) + "\na@x.example" + ",x".repeat(16_000) + "\n")
                        .plan()
                        .notices()
                        .size());
    }

    @Test
    void a_header_that_is_said_to_be_there_is_not_looked_for() {
        byte[] sheet = Formats.xlsx(List.of(List.of("a@x.example", "Ann"), List.of("b@x.example", "Bo")), "S");
        assertEquals(2, Table.of(sheet, FormatHint.NONE, 9).rows().size());
        assertEquals(
                List.of("a@x.example", "Ann"),
                Table.of(sheet, header(null, true), 9).plan().header());
    }

    @Test
    void json_is_not_altered_inside_what_stays_json() {
        assertEquals(
                "[1.10,12345678901234567.891,1e400]",
                read("{\"a\":[1.10, 12345678901234567.891, 1e400]}\n{\"a\":1}\n")
                        .rows()
                        .get(0)
                        .cells()
                        .get(0));
        assertTrue(read("{\"a\":\"x\u001ey\"}\n{\"a\":1}\n").rows().get(0).fault() != null);
        assertEquals(3, read("{\"a\":1}\n/* {\"a\":2}\n{\"a\":3}\n").rows().size());
        assertEquals(
                "da\uFFFDta",
                read("{\"da\\u0000ta\":[{\"a\":1}]}").plan().format().path());
    }

    private static void assertHeader(String first, String text) {
        assertEquals(first, read(text).plan().header().get(0), text);
    }

    private static void assertRefused(ProblemType type, byte[] file, FormatHint hint) {
        ProblemException problem = assertThrows(ProblemException.class, () -> Table.of(file, hint, 9));
        assertEquals(type, problem.type(), problem.getMessage());
    }

    private static Table read(String text) {
        return Table.of(text.getBytes(StandardCharsets.UTF_8), FormatHint.NONE, 9);
    }

    private static FormatHint header(Integer row, Boolean header) {
        return new FormatHint(null, null, null, null, null, row, header);
    }

    private static List<String> codes(Table table) {
        return table.plan().notices().stream().map(Notice::code).toList();
    }

    private static long count(Table table, String code) {
        return table.plan().notices().stream()
                .filter(notice -> notice.code().equals(code))
                .mapToLong(Notice::count)
                .sum();
    }
}
