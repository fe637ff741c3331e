package dev.importonce.source.xlsx;

import static dev.importonce.fixture.Workbooks.BOOK;
import static dev.importonce.fixture.Workbooks.RELATIONS;
import static dev.importonce.fixture.Workbooks.SHEET;
import static dev.importonce.fixture.Workbooks.STRINGS;
import static dev.importonce.fixture.Workbooks.STYLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Allocated;
import dev.importonce.fixture.Table;
import dev.importonce.fixture.Workbooks;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.format.FormatHint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a spreadsheet is kept without a limit. */
class WorkbookLimitsTest {
    private static final int MILLION = 1_000_000;

    /** Far less than what any of these files would take. */
    private static final long MEMORY = 24 << 20;

    @ParameterizedTest
    @ValueSource(strings = {BOOK, RELATIONS, STYLES, STRINGS, SHEET})
    void elements_may_not_lie_in_each_other_without_end(String part) {
        refused(part, "<a>".repeat(MILLION), "elements that lie in each other");
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 100})
    void as_deep_as_any_program_writes_they_may_lie(int depth) {
        String deep = "<a>".repeat(depth - 1) + "</a>".repeat(depth - 1);

        assertEquals(
                1,
                Table.of(Workbooks.with(SHEET, Workbooks.sheet(deep + ROW)), HINT, 9)
                        .rows()
                        .size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xl/workbook.xml            | <workbook><sheets><sheet name=\"%s\"/></sheets></workbook>
            xl/_rels/workbook.xml.rels | <Relationships><Relationship Id=\"r1\" Target=\"%s\"/></Relationships>
            xl/styles.xml              | <styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"%s\"/></numFmts></styleSheet>
            xl/worksheets/sheet1.xml   | <worksheet><row><c r=\"%s\"/></row></worksheet>
            xl/worksheets/sheet1.xml   | <!DOCTYPE x SYSTEM \"%s\"><worksheet/>
            xl/worksheets/sheet1.xml   | <worksheet><!--%s--></worksheet>
            xl/worksheets/sheet1.xml   | <worksheet><?x %s?></worksheet>
            xl/worksheets/sheet1.xml   | <worksheet><%s/></worksheet>
            """)
    void no_part_between_two_elements_is_longer_than_programs_write(String part, String pattern) {
        refused(part, pattern.formatted("x".repeat(5 * MILLION)), "longer than 262144 bytes");
    }

    @Test
    void an_element_has_no_million_attributes() {
        refused(SHEET, "<worksheet><row " + each(MILLION, i -> "a" + i + "=\"\" ") + "/></worksheet>", "longer than");
    }

    @Test
    void a_text_without_an_end_is_refused_before_it_is_kept() {
        String text = "x".repeat(20 * MILLION);
        refused(SHEET, Workbooks.sheet("<row><c t=\"str\"><v>" + text + "</v></c></row>"), "longer than", 40 << 20);
        refused(STRINGS, "<sst><si><t>" + text + "</t></si></sst>", "longer than", 40 << 20);
        refused(SHEET, "<worksheet>" + " ".repeat(20 * MILLION) + "</worksheet>", "longer than");
    }

    @Test
    void names_that_nobody_knows_are_not_kept_without_end() {
        refused(SHEET, "<worksheet>" + each(100_000, i -> "<e" + i + "/>") + "</worksheet>", "names of elements");
        refused(
                SHEET,
                "<worksheet>" + each(100_000, i -> "<e a" + i + "=\"\"/>") + "</worksheet>",
                "names of elements");
        refused(
                SHEET,
                "<worksheet>" + each(100_000, i -> "<p" + i + ":e xmlns:p" + i + "=\"u\"/>") + "</worksheet>",
                "name spaces");
    }

    /** The parser of one file would else remember the names of all others, for ever. */
    @Test
    void names_of_one_file_are_not_kept_for_the_next() {
        byte[] part = ("<a>" + each(900, i -> "<e" + i + "/>") + "</a>").getBytes(StandardCharsets.UTF_8);
        byte[] others = ("<a>" + each(900, i -> "<o" + i + "/>") + "</a>").getBytes(StandardCharsets.UTF_8);
        readToItsEnd(part);

        long first = Allocated.by(() -> readToItsEnd(others));
        long second = Allocated.by(() -> readToItsEnd(others));

        assertTrue(second > first * 3 / 4, () -> first + " bytes, then " + second);
    }

    private static void readToItsEnd(byte[] part) {
        try {
            Xml xml = new Xml(new ByteArrayInputStream(part));
            while (xml.next()) continue;
        } catch (XMLStreamException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sheets_relations_and_formats_have_a_limit_together() {
        String name = "x".repeat(1_000);
        refused(
                BOOK,
                "<workbook><sheets>" + each(2_000, i -> "<sheet name=\"" + i + name + "\" id=\"r1\"/>")
                        + "</sheets></workbook>",
                "1048576 characters together");
        refused(
                RELATIONS,
                "<Relationships>" + each(2_000, i -> "<Relationship Id=\"" + i + "\" Target=\"" + name + "\"/>")
                        + "</Relationships>",
                "1048576 characters together");
        refused(
                STYLES,
                "<styleSheet><numFmts>" + each(10_000, i -> "<numFmt numFmtId=\"" + i + "\" formatCode=\"0\"/>")
                        + "</numFmts></styleSheet>",
                "1048576 characters together");
        refused(
                STYLES,
                "<styleSheet><cellXfs>" + "<xf numFmtId=\"2\"/>".repeat(70_000) + "</cellXfs></styleSheet>",
                "65536 styles");
    }

    @Test
    void what_all_parts_unpack_to_counts_together() {
        // 64 MiB are allowed here.
        String half = " ".repeat(250_000);
        String strings = "<sst>" + ("<si/>" + half).repeat(140) + "</sst>";
        String sheet = Workbooks.sheet(("<row/>" + half).repeat(140) + ROW);

        ProblemException refusal = assertThrows(
                ProblemException.class,
                () -> Table.of(Workbooks.with(java.util.Map.of(STRINGS, strings, SHEET, sheet)), HINT, 9));

        assertEquals(ProblemType.TOO_LARGE, refusal.type(), refusal::getMessage);
    }

    @Test
    void an_archive_has_no_more_parts_than_a_workbook() {
        ProblemException refusal = assertThrows(
                ProblemException.class,
                () -> Table.of(
                        Workbooks.with(
                                IntStream.range(0, 25_000).boxed().collect(Collectors.toMap(i -> "x" + i, i -> ""))),
                        HINT,
                        9));

        assertEquals(ProblemType.UNREADABLE_FILE, refusal.type(), refusal::getMessage);
    }

    @Test
    void places_that_are_none_do_no_harm() {
        String rows = "<row r=\"2147483648\"/><row r=\"-7\"/>"
                + "<row r=\"99999999999999999999\"><c r=\"\u00c41\" t=\"str\"><v>x</v></c></row>"
                + "<row r=\"2\"><c r=\"B2\" t=\"str\"><v>second</v></c><c r=\"A2\" t=\"str\"><v>first</v></c></row>";

        Table table = Table.of(Workbooks.with(SHEET, Workbooks.sheet(rows)), HINT, 9);

        assertEquals(java.util.List.of("first", "second"), table.rows().get(1).cells());
        assertEquals("x", table.rows().get(0).cells().get(0));
    }

    private static final FormatHint HINT = FormatHint.NONE;
    private static final String ROW = "<row><c t=\"str\"><v>a@b.example</v></c></row>";

    private static void refused(String part, String content, String detail) {
        refused(part, content, detail, MEMORY);
    }

    private static void refused(String part, String content, String detail, long memory) {
        byte[] file = Workbooks.with(part, content);
        long allocated = Allocated.by(() -> {
            ProblemException refusal = assertThrows(ProblemException.class, () -> Table.of(file, HINT, 9));
            assertTrue(refusal.getMessage().contains(detail), refusal::getMessage);
            assertEquals(422, refusal.type().status(), refusal::getMessage);
        });
        assertTrue(allocated < memory, () -> allocated + " bytes were allocated");
    }

    private static String each(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
    }
}
