package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Table;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** One table with anything around it that people and programs put there: its rows are the same. */
class AroundTablesPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADER = List.of("E-mail", "First name", "Note");

    @Property(tries = 300)
    void rows_of_a_document_are_found_however_deep_they_are(
            @ForAll("tables") List<List<String>> rows, @ForAll @IntRange(max = 4) int depth, @ForAll Random random)
            throws JsonProcessingException {
        Object document = objects(rows);
        for (int level = 0; level < depth; level++) {
            Map<String, Object> around = new LinkedHashMap<>();
            if (random.nextBoolean()) around.put("count", rows.size());
            if (random.nextBoolean()) around.put("meta", Map.of("version", "1", "tags", List.of("a", "b")));
            around.put("level" + level, document);
            if (random.nextBoolean()) around.put("next", null);
            document = around;
        }
        String text = random.nextBoolean()
                ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document)
                : JSON.writeValueAsString(document);
        if (random.nextBoolean()) text = "/* exported */\n" + text + "\n// the end\n";

        Table table = read(text);

        assertEquals(HEADER, table.plan().header());
        assertEquals(rows, cells(table));
    }

    @Property(tries = 300)
    void lines_that_break_off_are_rejected_by_themselves(
            @ForAll("tables") List<List<String>> rows, @ForAll Random random) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        Set<Long> broken = new TreeSet<>();
        List<Map<String, String>> objects = objects(rows);
        for (int i = 0; i < objects.size(); i++) {
            String line = JSON.writeValueAsString(objects.get(i));
            if (i > 1 && random.nextInt(3) == 0) {
                line = line.substring(0, 1 + random.nextInt(line.length() - 1));
                broken.add(i + 1L);
            }
            text.append(line).append('\n');
        }

        Table table = read(text.toString());

        for (FileRow row : table.rows())
            if (broken.remove(row.number())) assertNotNull(row.fault());
            else assertEquals(rows.get((int) row.number() - 1), padded(row.cells()), text::toString);
        assertEquals(Set.of(), broken);
        assertEquals(rows.size(), table.rows().size());
    }

    @Property(tries = 500)
    void titles_and_rows_without_anything_are_no_part_of_a_table(
            @ForAll("tables") List<List<String>> rows,
            @ForAll @IntRange(max = 3) int titles,
            @ForAll("delimiters") char delimiter,
            @ForAll Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(titles, rows.size()); i++) {
            // The first of several cells may be a title only where the rows below it are clearly wider.
            boolean several = random.nextBoolean() && (i > 0 || delimiter != ',');
            lines.add("Report no. " + i + (several ? ", June 2026" : " of our customers"));
            if (random.nextBoolean()) lines.add("");
        }
        lines.add(String.join(String.valueOf(delimiter), HEADER));
        List<Long> numbers = new ArrayList<>();
        for (List<String> row : rows) {
            if (random.nextInt(4) == 0) lines.add(line(List.of("", " ", ""), delimiter, random));
            lines.add(line(row, delimiter, random));
            numbers.add((long) lines.size());
        }
        // What makes it read by its lines: without it an empty line would not be counted.
        lines.add(String.valueOf(delimiter).repeat(2));
        String end = random.nextBoolean() ? "\r\n" : "\n";

        Table table = read(String.join(end, lines) + end);

        assertEquals(HEADER, table.plan().header(), lines::toString);
        assertEquals(rows, cells(table), lines::toString);
        assertEquals(numbers, table.rows().stream().map(FileRow::number).toList(), lines::toString);
    }

    /** Without its last cells where they are blank, with blank ones behind it, or as it is; with quotes here and there. */
    private static String line(List<String> row, char delimiter, Random random) {
        List<String> cells = new ArrayList<>(row);
        while (random.nextBoolean()
                && cells.size() > 1
                && cells.get(cells.size() - 1).isEmpty()) cells.remove(cells.size() - 1);
        if (random.nextInt(4) == 0) cells.add("");
        return String.join(
                String.valueOf(delimiter),
                cells.stream()
                        .map(cell -> random.nextInt(3) == 0 ? " \"" + cell + "\" " : cell)
                        .toList());
    }

    private static Table read(String text) {
        return Table.of(text.getBytes(StandardCharsets.UTF_8), FormatHint.NONE, 3);
    }

    private static List<List<String>> cells(Table table) {
        return table.rows().stream().map(row -> padded(row.cells())).toList();
    }

    /** A row may have fewer cells than there are columns, or blank ones behind them. */
    private static List<String> padded(List<String> cells) {
        List<String> padded = new ArrayList<>(cells);
        padded.addAll(Collections.nCopies(Math.max(0, HEADER.size() - cells.size()), ""));
        while (padded.size() > HEADER.size() && padded.get(padded.size() - 1).isEmpty())
            padded.remove(padded.size() - 1);
        return padded;
    }

    private static List<Map<String, String>> objects(List<List<String>> rows) {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) object.put(HEADER.get(i), row.get(i));
            objects.add(object);
        }
        return objects;
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> name =
                Arbitraries.strings().withChars("abcxyzÄé").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> note =
                Arbitraries.strings().withChars("ab c.'").ofMaxLength(8).map(String::strip);
        Arbitrary<List<String>> row =
                name.flatMap(first -> note.map(text -> List.of(first + "@example.com", first, text)));
        return row.list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|');
    }
}
