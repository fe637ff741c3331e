package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Targets;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.Numbers;
import dev.importonce.target.type.ValueRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link AttributesTest} has what becomes of the other columns. */
class RowMapperTest {
    private static final Target PEOPLE = Targets.withAttributes(
            "people",
            new Field("name", 10, RowMapperTest::upperCase, List.of()),
            Field.text("phone", 20),
            Field.text("note", 80),
            Field.text("rank", 5));
    private static final java.util.UUID USER = new java.util.UUID(0, 1);
    private static final List<String> HEADER = List.of("Tel", "Full Name", "Remark");
    private static final Map<String, Integer> FIELDS = Map.of("name", 1, "phone", 0, "note", 2);

    @Test
    void each_field_gets_its_columns_value_clean_and_normalised() throws Refused {
        assertArrayEquals(new String[] {"ANN", "1", "x\u00e9", null}, map(false, "1 ", "\u00a0ann", "xe\u0301"));
    }

    @Test
    void a_blank_cell_has_no_value() throws Refused {
        assertArrayEquals(new String[] {"ANN", null, null, null}, map(false, "", "ann", "\u00a0 \t"));
    }

    @Test
    void what_the_row_before_had_does_not_stay() throws Refused {
        RowMapper mapper = mapper(false);
        mapper.map(List.of("1", "ann", "x"));

        assertArrayEquals(new String[] {"BOB", null, null, null}, mapper.map(List.of("", "bob", "")));
    }

    @Test
    void more_cells_than_the_header_are_a_fault_unless_blank() throws Refused {
        assertReason("The row has 4 cells, the header has 3.", "1", "ann", "x", "y");
        assertReason("The row has 6 cells, the header has 3.", "1", "ann", "x", "", " ", "y");
        assertArrayEquals(new String[] {"ANN", "1", "x", null}, map(false, "1", "ann", "x", "", "\u00a0"));
    }

    @Test
    void cells_that_a_row_does_not_have_are_blank() throws Refused {
        assertArrayEquals(new String[] {"ANN", "1", null, null}, map(false, "1", "ann"));
        assertReason("Full Name is blank.", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\t\r\n"})
    void a_row_without_its_natural_key_is_refused(String name) {
        assertReason("Full Name is blank.", "1", name, "x");
    }

    @Test
    void a_value_that_its_field_refuses_is_named_with_the_reason() {
        assertReason("Full Name \"a1\" is not JSON.", "1", " a1", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0ab", "ab\0", "\0", " \0 "})
    void a_character_u_0000_is_refused_wherever_it_is(String value) {
        String shown = value.strip().replace('\0', '\uFFFD');
        assertReason(
                "Full Name \"" + shown + "\" has a character that cannot be stored: U+0000 or half a surrogate pair.",
                "1",
                value,
                "x");
        assertReason(
                "Remark \"" + shown + "\" has a character that cannot be stored: U+0000 or half a surrogate pair.",
                "1",
                "ann",
                value);
    }

    @Test
    void a_normalised_value_may_be_as_long_as_its_field_allows() throws Refused {
        // ß becomes SS
        assertEquals("SSSSSSSSSS", map(false, "1", "ßßßßß", "x")[0]);
        assertReason("Full Name \"ßßßßßs\" is longer than 10 characters.", "1", "ßßßßßs", "x");
        assertEquals("12345678901234567890", map(false, " 12345678901234567890 ", "ann", "x")[1]);
        assertReason(
                "Tel \"123456789012345678901\" is longer than 20 characters.", "123456789012345678901", "ann", "x");
    }

    @Test
    void a_long_value_is_shown_in_part() {
        assertReason("Remark \"" + "x".repeat(60) + "…\" is longer than 80 characters.", "1", "ann", "x".repeat(81));
    }

    @Test
    void a_long_value_is_not_cut_inside_a_character() {
        String value = "x".repeat(59) + "😀".repeat(20);

        assertReason("Remark \"" + "x".repeat(59) + "…\" is longer than 80 characters.", "1", "ann", value);
    }

    @Test
    void a_text_that_the_mapping_names_is_replaced() throws Refused {
        Map<String, Map<String, String>> values = Map.of(
                "phone", Map.of("NULL", "", "\\N", "", "x\u00e9", "+1"),
                "name", Map.of("nobody", "", "\u2013", "ann", "", "bob"),
                "note", Map.of("=-", "minus"));
        RowMapper mapper = mapper(false, values);

        assertArrayEquals(new String[] {"ANN", null, "NULL", null}, mapper.map(List.of(" NULL ", "ann", "NULL")));
        assertArrayEquals(new String[] {"ANN", null, null, null}, mapper.map(List.of("\\N", "\u2013")));
        assertArrayEquals(new String[] {"ANN", "+1", null, null}, mapper.map(List.of("xe\u0301", "ann")));
        assertArrayEquals(new String[] {"ANN", "null", null, null}, mapper.map(List.of("null", "ann")));
        assertArrayEquals(new String[] {"BOB", "NULL.", null, null}, mapper.map(List.of("NULL.")));
        assertArrayEquals(
                new String[] {"ANN", null, "minus", null}, mapper(true, values).map(List.of("NULL", "ann", "'=-")));
        assertEquals(
                "Full Name is blank.",
                assertThrows(Refused.class, () -> mapper.map(List.of("1", "nobody")))
                        .getMessage());
    }

    @Test
    void a_text_that_stands_for_nothing_elsewhere_is_a_name_here() throws Refused {
        assertArrayEquals(new String[] {"NULL", "\\N", "N/A", null}, map(false, "\\N", "NULL", "N/A"));
    }

    @Test
    void guards_are_taken_off_in_a_corrected_file() throws Refused {
        assertArrayEquals(new String[] {"=ANN", "+49 30", "''x", null}, map(true, "'+49 30", "'=ann", "''x"));
        assertArrayEquals(new String[] {"+ANN", "'-1", "=x", null}, map(true, "''-1", "+ann", "=x"));
    }

    @Test
    void guards_stay_in_any_other_file() throws Refused {
        assertArrayEquals(new String[] {"ANN", "'+49 30", "'=x", null}, map(false, "'+49 30", "ann", "'=x"));
    }

    @Test
    void a_reason_shows_a_corrected_files_value_without_its_guard() {
        Refused refused = assertThrows(Refused.class, () -> map(true, "1", "'=a1", "x"));

        assertEquals("Full Name \"=a1\" is not JSON.", refused.getMessage());
    }

    @Test
    void a_reason_does_not_repeat_a_long_name_with_each_row() {
        Layout layout = new Layout(List.of("x".repeat(10_000)), Map.of("name", 0), Map.of(), false);
        RowMapper mapper = new RowMapper(PEOPLE, layout, USER);

        Refused refused = assertThrows(Refused.class, () -> mapper.map(List.of("a1")));

        assertEquals("x".repeat(60) + "\u2026 \"a1\" is not JSON.", refused.getMessage());
    }

    @Test
    void marks_that_would_take_long_to_put_in_order_are_refused() {
        String marks = "\u0301".repeat(100_000) + "\u0316".repeat(100_000);
        String shown = "x" + marks.substring(0, 59) + "\u2026";
        assertReason("Remark \"" + shown + "\" has more than 30 combining marks in a row.", "1", "ann", "x" + marks);
    }

    @Test
    void other_columns_are_ignored_unless_they_are_asked_for() throws Refused {
        Layout layout = new Layout(List.of("Full Name", "Other"), Map.of("name", 0), Map.of(), false);

        assertNull(new RowMapper(PEOPLE, layout, USER).attributes(List.of("ann", "x\0")));
    }

    @Test
    void an_error_of_a_spreadsheet_is_blank_unless_blanks_clear() throws Refused {
        assertArrayEquals(new String[] {"ANN", null, "x", null}, map(false, "#N/A", "ann", "x"));
        Layout clearing = new Layout(HEADER, FIELDS, Map.of(), false, true, ValueRules.NONE);

        Refused refused = assertThrows(
                Refused.class, () -> new RowMapper(PEOPLE, clearing, USER).map(List.of("#N/A", "ann", "x")));

        assertEquals(
                "Tel \"#N/A\" is an error of a spreadsheet, no value. Open the file there and correct it.",
                refused.getMessage());
    }

    private static String upperCase(String value) throws Refused {
        if (value.chars().anyMatch(Character::isDigit)) throw new Refused("not-json");
        return value.toUpperCase(Locale.ROOT);
    }

    private static void assertReason(String reason, String... cells) {
        assertEquals(
                reason, assertThrows(Refused.class, () -> map(false, cells)).getMessage());
    }

    private static String[] map(boolean corrected, String... cells) throws Refused {
        return mapper(corrected).map(List.of(cells));
    }

    private static RowMapper mapper(boolean corrected) {
        return mapper(corrected, Map.of());
    }

    private static RowMapper mapper(boolean corrected, Map<String, Map<String, String>> values) {
        Layout layout = new Layout(
                HEADER, FIELDS, Map.of(), corrected, false, new ValueRules(values, Numbers.UNSAID, Dates.UNSAID));
        return new RowMapper(PEOPLE, layout, USER);
    }
}
