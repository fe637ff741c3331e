package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Table;
import dev.importonce.fixture.Targets;
import dev.importonce.fixture.Workbooks;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Day;
import dev.importonce.target.type.DecimalNumber;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.Numbers;
import dev.importonce.target.type.ValueRules;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From a spreadsheet's cell to a value: a number is that number, whatever the mapping says about texts. */
class NumberCellsTest {
    private static final Target PRICES = Targets.withAttributes(
            "prices",
            Field.text("code", 9),
            new Field("price", 20, new DecimalNumber(null, null, null), List.of()),
            new Field("day", 20, new Day(null, null), List.of()));
    private static final String STYLES =
            "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"4\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    private static final ValueRules COMMA = new ValueRules(
            Map.of("price", Map.of("-1", "1,5")), new Numbers(Numbers.Sign.COMMA), new Dates(Dates.Order.MDY, null));

    @Test
    void a_number_is_not_read_again() throws Refused {
        assertArrayEquals(new String[] {"a", "1.234", "2030-03-04"}, map(0, COMMA));
        assertArrayEquals(new String[] {"b", "1234.50", null}, map(1, COMMA));
        assertArrayEquals(new String[] {"a", "1.234", "2030-03-04"}, map(0, ValueRules.NONE));
        assertArrayEquals(new String[] {"b", "1234.50", null}, map(1, ValueRules.NONE));
    }

    @Test
    void a_text_is_read_as_the_mapping_says() throws Refused {
        assertArrayEquals(new String[] {"c", "1234", null}, map(2, COMMA));
        assertThrows(Refused.class, () -> map(2, ValueRules.NONE));
        assertArrayEquals(new String[] {"d", "1.5", null}, map(3, COMMA));
    }

    @Test
    void a_list_of_texts_has_it_with_the_mappings_sign() {
        assertEquals(List.of("a", "1,234", "2030-03-04"), texts(0, COMMA));
        assertEquals(List.of("b", "1.234,50", ""), texts(1, COMMA));
        assertEquals(List.of("c", "1.234", ""), texts(2, COMMA));
        assertEquals(List.of("a", "1.234", "2030-03-04"), texts(0, ValueRules.NONE));
    }

    private static String[] map(int row, ValueRules rules) throws Refused {
        return mapper(rules).map(row(row).cells(), row(row).numbers());
    }

    private static List<String> texts(int row, ValueRules rules) {
        return mapper(rules).asTexts(row(row).cells(), row(row).numbers());
    }

    private static RowMapper mapper(ValueRules rules) {
        Map<String, Integer> fields = Map.of("code", 0, "price", 1, "day", 2);
        return new RowMapper(
                PRICES,
                new Layout(List.of("code", "price", "day"), fields, Map.of(), false, false, rules),
                new UUID(0, 1));
    }

    private static FileRow row(int place) {
        String rows = "<row>" + text("code") + text("price") + text("day") + "</row>"
                + "<row>" + text("a") + number(0, "1.234") + number(2, "47546") + "</row>"
                + "<row>" + text("b") + number(1, "1234.5") + "</row>"
                + "<row>" + text("c") + text("1.234") + "</row>"
                + "<row>" + text("d") + number(0, "-1") + "</row>";
        byte[] file = Workbooks.with(
                Map.of(Workbooks.STYLES, STYLES, Workbooks.SHEET, "<worksheet>" + rows + "</worksheet>"));
        return Table.of(file, FormatHint.NONE, 9).rows().get(place);
    }

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static String number(int style, String number) {
        return "<c s=\"" + style + "\"><v>" + number + "</v></c>";
    }
}
