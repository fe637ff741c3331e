package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Table;
import dev.importonce.fixture.Workbooks;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs other than the usual ones write, and what people put around a table. */
class SpreadsheetsTest {
    private static final String TEXT = "<c t=\"inlineStr\"><is><r><t>An</t></r><r><t> na</t></r></is></c>";
    private static final String SHARED = "<c t=\"s\"><v>0</v></c>";

    @Test
    void what_lies_between_elements_is_no_text() {
        Table pretty = read("06-xlsx-pretty-printed.x_pretty_inline.xlsx");
        assertEquals(List.of("Email", "First Name", "Note"), pretty.plan().header());
        assertEquals(List.of("pi1@a.example", "Ann", "L1"), pretty.rows().get(0).cells());
        assertEquals(List.of("pi2@a.example", "Anna", "x"), pretty.rows().get(1).cells());
        for (FileRow row :
                read("06-xlsx-pretty-printed.real_gnumeric_xlsx.xlsx").rows())
            for (String cell : row.cells()) assertEquals(cell.strip(), cell);
    }

    @Test
    void indentation_makes_no_difference_wherever_it_is() {
        Random random = new Random(5);
        String strings =
                "<sst><si><r><t>Jo</t></r><rPh><t>yo</t></rPh><r><t xml:space=\"preserve\"> Ann</t></r></si></sst>";
        String rows = "<row>" + TEXT + SHARED + "<c t=\"str\"><v>x y</v></c><c><v>1.5</v></c></row>";
        for (int round = 0; round < 200; round++) {
            byte[] file = Workbooks.with(Map.of(
                    Workbooks.STRINGS,
                    indented(strings, random),
                    Workbooks.SHEET,
                    indented(Workbooks.sheet(rows), random)));
            assertEquals(
                    List.of("An na", "Jo Ann", "x y", "1.5"),
                    Table.of(file, FormatHint.NONE, 9).rows().get(0).cells());
        }
    }

    @Test
    void the_parts_are_where_the_relationships_say() {
        assertEquals(
                List.of("Email", "First Name", "Company"),
                read("37-workbook-part-name.xlsx").plan().header());

        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"/docs/book.xml\"/></Relationships>");
        parts.put("docs/book.xml", "<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>");
        parts.put(
                "docs/_rels/book.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"../other/./one.xml\"/>"
                        + "<Relationship Id=\"r2\" Type=\"http://x/sharedStrings\" Target=\"texts.xml\"/>"
                        + "<Relationship Id=\"r3\" Type=\"http://x/styles\" Target=\"/docs/looks.xml\"/></Relationships>");
        parts.put("docs/texts.xml", "<sst><si><t>far away</t></si></sst>");
        parts.put("docs/looks.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
        parts.put("other/one.xml", Workbooks.sheet("<row>" + SHARED + "<c s=\"0\"><v>45322</v></c></row>"));
        assertEquals(
                List.of("far away", "2024-01-31"),
                Table.of(Workbooks.with(parts), FormatHint.NONE, 9)
                        .rows()
                        .get(0)
                        .cells());
    }

    @ParameterizedTest
    @CsvSource({
        "22-first-sheet-empty.x_first_sheet_cover.xlsx, Contacts",
        "22-first-sheet-empty.x_chartsheet_first.xlsx, Sheet2"
    })
    void a_sheet_without_a_table_is_passed_over(String file, String sheet) {
        Table table = read(file);
        assertEquals(sheet, table.plan().format().sheet());
        assertEquals("Email", table.plan().header().get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<row><c t=\"str\"><v>Report of May</v></c></row>",
                "<row><c t=\"str\"><v>Read me</v></c></row><row/><row><c t=\"str\"><v>Contacts are behind.</v></c></row>"
            })
    void whatever_is_on_the_first_one(String rows) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                Workbooks.BOOK,
                "<workbook><sheets><sheet name=\"Hidden\" state=\"hidden\" id=\"r2\"/><sheet name=\"About\" id=\"r1\"/>"
                        + "<sheet name=\"People\" id=\"r2\"/></sheets></workbook>");
        parts.put(
                Workbooks.RELATIONS,
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
                        + "<Relationship Id=\"r2\" Target=\"worksheets/sheet2.xml\"/></Relationships>");
        parts.put(Workbooks.SHEET, "<worksheet>" + rows + "</worksheet>");
        parts.put("xl/worksheets/sheet2.xml", Workbooks.sheet("<row><c t=\"str\"><v>a@b.example</v></c></row>"));

        Table table = Table.of(Workbooks.with(parts), FormatHint.NONE, 9);

        assertEquals("People", table.plan().format().sheet());
        assertEquals(List.of("a@b.example"), table.rows().get(0).cells());
    }

    @Test
    void a_first_sheet_of_addresses_alone_is_a_table() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                Workbooks.BOOK,
                "<workbook><sheets><sheet name=\"S\" id=\"r1\"/><sheet name=\"Wide\" id=\"r2\"/></sheets></workbook>");
        parts.put(
                Workbooks.RELATIONS,
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
                        + "<Relationship Id=\"r2\" Target=\"worksheets/sheet2.xml\"/></Relationships>");
        parts.put("xl/worksheets/sheet2.xml", Workbooks.sheet("<row>" + TEXT + TEXT + "</row>"));

        assertEquals(
                "S",
                Table.of(Workbooks.with(parts), FormatHint.NONE, 9)
                        .plan()
                        .format()
                        .sheet());
    }

    @Test
    void hours_go_on_after_a_day() {
        Table table = read("13-elapsed-time.xlsx");
        assertEquals(List.of("xm1@a.example", "36:00:00"), table.rows().get(0).cells());
        assertEquals(List.of("xm2@a.example", "12:00:00"), table.rows().get(1).cells());
    }

    private static Table read(String name) {
        return Table.of(Cases.file(name), FormatHint.NONE, 9);
    }

    /** With white space between elements, here and there, but in none that has text. */
    private static String indented(String xml, Random random) {
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < xml.length(); i++) {
            indented.append(xml.charAt(i));
            boolean between = xml.charAt(i) == '>' && i + 1 < xml.length() && xml.charAt(i + 1) == '<';
            boolean empty = xml.startsWith("</t>", i + 1) || xml.startsWith("</v>", i + 1);
            if (between && !empty && random.nextInt(3) == 0)
                indented.append(random.nextBoolean() ? "\n  " : "\r\n\t").append(random.nextBoolean() ? " " : "\n");
        }
        return indented.toString();
    }
}
