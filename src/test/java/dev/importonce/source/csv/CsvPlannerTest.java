package dev.importonce.source.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.CsvBlocksTest;
import dev.importonce.source.Sample;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.CsvRecords;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.NotPlain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single cases; {@link CsvBlocksTest} has what holds for every file. */
class CsvPlannerTest {
    private static final int MIB = 1 << 20;
    private static final int CHUNK_ROWS = 5000;
    private static final String MARK = "\uFEFF";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void lines_end_as_they_do_on_any_system(String end) {
        assertRows("email" + end + "a@b.de" + end + "c@d.de" + end, List.of(List.of("a@b.de"), List.of("c@d.de")));
    }

    @Test
    void line_ends_may_be_mixed() {
        assertRows(
                "email\ra@b.de\nc@d.de\r\ne@f.de\n\r",
                List.of(List.of("a@b.de"), List.of("c@d.de"), List.of("e@f.de")));
    }

    @Test
    void the_last_line_needs_no_end() {
        assertRows("email\na@b.de\nc@d.de", List.of(List.of("a@b.de"), List.of("c@d.de")));
    }

    @Test
    void blank_lines_are_no_rows_wherever_they_are() {
        assertRows("\n\r\n\remail\n\n\na@b.de\r\n\r\n\nc@d.de\n\n", List.of(List.of("a@b.de"), List.of("c@d.de")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email\n \n\"\"\na\n",
                "a,b\n1,2\n, \n",
                ",,\na,b\n1,2\n",
                "sep=;\na;b\n1;2\n",
                "a,b\n1, \"2\"\n",
                "a,b\n1,\"\\\"2\\\"\"\n"
            })
    void what_only_another_reader_understands_is_left_to_it(String text) {
        assertThrows(NotPlain.class, () -> plan(text));
    }

    @Test
    void a_byte_order_mark_belongs_to_no_name() {
        assertEquals(List.of("email"), plan(MARK + "email\na@b.de\n").header());
        assertEquals(List.of("e\nmail"), plan(MARK + "\"e\nmail\"\na@b.de\n").header());
        assertEquals(List.of("email"), plan(MARK + "\r\n\nemail\na@b.de\n").header());
    }

    @Test
    void a_name_is_trimmed_and_in_nfc() {
        assertEquals(
                List.of("Stra\u00dfe", "\u00e9t\u00e9"),
                plan(" Stra\u00dfe\t,e\u0301te\u0301\n1,2\n").header());
    }

    @Test
    void a_quoted_cell_may_hold_line_ends_delimiters_and_quotes() {
        assertRows("a,b\n\"x\r\n,\"\"y\",z\n", List.of(List.of("x\r\n,\"y", "z")));
    }

    @Test
    void text_behind_a_closing_quote_belongs_to_its_cell() {
        assertRows("a,b\n\"x\"y,z\n", List.of(List.of("xy", "z")));
    }

    @Test
    void a_quote_inside_a_cell_is_a_quote() {
        assertRows("a,b\n5\" pipe,z\n1,2\n", List.of(List.of("5\" pipe", "z"), List.of("1", "2")));
    }

    @Test
    void a_row_with_more_or_fewer_cells_than_others_is_read_as_it_is() {
        assertRows(
                "a,b\n1,2\n3\n4,5,6\n7,8\n",
                List.of(List.of("1", "2"), List.of("3"), List.of("4", "5", "6"), List.of("7", "8")));
    }

    @Test
    void a_row_of_only_delimiters_is_read_up_to_the_longest_record() {
        byte[] file = bytes("a,b\n1,2\nx" + ",".repeat(MIB - 1) + "\n3,4\n");
        List<List<String>> rows = rows(plan(file), file);

        assertEquals(List.of(2, MIB, 2), rows.stream().map(List::size).toList());
    }

    @Test
    void an_empty_file_is_refused() {
        assertRefused(ProblemType.EMPTY_FILE, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {MARK, "\n", "\r\n\r\n", MARK + "\n\n"})
    void a_file_of_blank_lines_is_refused_as_empty(String text) {
        assertRefused(ProblemType.EMPTY_FILE, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "email\n", MARK + "email\r\n\r\n", "\"e\nmail\""})
    void a_header_alone_is_refused(String text) {
        assertRefused(ProblemType.NO_DATA_ROWS, text);
    }

    @Test
    void a_quote_never_closed_is_refused_with_the_row_it_opens_in() {
        ProblemException problem = assertRefused(ProblemType.UNREADABLE_FILE, "a\n1\n\n\"2\n3\n");

        assertTrue(problem.getMessage().contains("row 3 (byte 5 on)"), problem.getMessage());
    }

    @Test
    void a_quote_open_beyond_the_longest_record_is_left_to_another() {
        CsvPlanner planner = planner(bytes("a"));
        planner.feed(bytes("a\n1\n\"2"), 0, 6);

        assertThrows(NotPlain.class, () -> feedLines(planner, 2 * MIB));
    }

    @Test
    void a_record_may_be_as_long_as_the_limit_and_no_longer() {
        assertRows("a\n" + "x".repeat(MIB) + "\ny\n", List.of(List.of("x".repeat(MIB)), List.of("y")));

        assertThrows(NotPlain.class, () -> plan("a\n1\n" + "x".repeat(MIB + 1) + "\n"));
    }

    @Test
    void a_header_may_not_be_longer_than_the_limit_either() {
        assertRefused(ProblemType.UNREADABLE_FILE, "x".repeat(MIB + 1) + "\n1\n");
        assertRefused(ProblemType.UNREADABLE_FILE, ",".repeat(16_384) + "\n1\n");
    }

    @Test
    void a_header_may_not_hold_a_character_that_cannot_be_stored() {
        assertRefused(ProblemType.UNREADABLE_FILE, "email,na\0me\n1,2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n", "a\n1\n", MARK + "\r", "a\r\n"})
    void a_flood_of_blank_lines_is_cut_into_blocks_of_bounded_size(String before) {
        for (String end : List.of("\n", "\r", "\r\n")) {
            byte[] file =
                    bytes(before + end.repeat(5 * MIB / end.length()) + (before.contains("a") ? "" : "a\n") + "2\n");
            CsvPlanner planner = planner(file);
            planner.feed(file, 0, file.length);
            assertTrue(planner.blocks().size() >= 4, "cut while it streams by");
            Plan plan = planner.finish();

            assertTrue(plan.blocks().stream().allMatch(block -> block.byteLength() <= MIB + 16), plan::toString);
            assertEquals(List.of("a"), plan.header());
            assertEquals(List.of("2"), last(rows(plan, file)));
        }
    }

    @Test
    void a_block_is_cut_when_it_is_large_however_few_rows_it_has() {
        String row = "x".repeat(MIB / 2) + "\n";
        Plan plan = plan("a\n" + row.repeat(5));

        assertEquals(
                List.of(2, 2, 1), plan.blocks().stream().map(Block::rowCount).toList());
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_with_their_offset() {
        byte[] latin1 = "a\nM\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1);

        ProblemException problem = assertThrows(ProblemException.class, () -> plan(latin1));

        assertEquals(ProblemType.UNREADABLE_FILE, problem.type());
        assertTrue(problem.getMessage().contains("offset 3 "), problem.getMessage());
    }

    @Test
    void a_character_cut_off_by_the_end_of_the_file_is_refused() {
        byte[] whole = bytes("a\n1€");

        assertThrows(ProblemException.class, () -> plan(Arrays.copyOf(whole, whole.length - 1)));
    }

    @Test
    void a_character_interrupted_by_another_is_refused() {
        assertThrows(ProblemException.class, () -> plan(new byte[] {'a', '\n', (byte) 0xC3, 'b', (byte) 0xA9}));
    }

    private static void feedLines(CsvPlanner planner, int count) {
        byte[] lines = bytes("x\n".repeat(1024));
        for (int fed = 0; fed < count; fed += lines.length) planner.feed(lines, 0, lines.length);
    }

    private static void assertRows(String text, List<List<String>> rows) {
        assertEquals(rows, rows(plan(text), bytes(text)));
    }

    private static ProblemException assertRefused(ProblemType type, String text) {
        ProblemException problem = assertThrows(ProblemException.class, () -> plan(text));
        assertEquals(type, problem.type());
        return problem;
    }

    private static List<List<String>> rows(Plan plan, byte[] file) {
        List<List<String>> rows = new ArrayList<>();
        for (Block block : plan.readable()) {
            int from = (int) block.recordsOffset();
            CsvRecords.read(plan.format(), Arrays.copyOfRange(file, from, from + block.recordsLength()))
                    .forEachRemaining(rows::add);
        }
        return rows;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static Plan plan(String text) {
        return plan(bytes(text));
    }

    private static Plan plan(byte[] file) {
        CsvPlanner planner = planner(file);
        planner.feed(file, 0, file.length);
        return planner.finish();
    }

    private static CsvPlanner planner(byte[] file) {
        return new CsvPlanner(
                Format.csv(',', java.nio.charset.StandardCharsets.UTF_8, null),
                new Sample(file).markLength(),
                CHUNK_ROWS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
