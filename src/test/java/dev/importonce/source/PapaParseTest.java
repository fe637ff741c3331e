package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.importonce.fixture.Table;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published cases of a parser that web pages use, PapaParse, each with what is made of it here. As {@code main} it prints
 * the tables of the documentation, src/docs/papaparse.md.
 */
class PapaParseTest {
    private static final Path CASES = Path.of("src/test/resources/papaparse/cases.json");
    private static final Path DOCUMENT = Path.of("src/docs/papaparse.md");

    /** Settings that a mapping has too, or that say what an import finds out or does anyway. */
    private static final Set<String> OURS = Set.of("delimiter", "escapeChar", "header", "newline", "skipEmptyLines");

    enum Verdict {
        AGREES,
        /** Ours is right for an import. */
        DIFFERS,
        /** It is about a setting that an import does not have. */
        NOT_OURS
    }

    /**
     * One of them, and what is made of it.
     *
     * @param set {@code core} or {@code parse}, as they have them
     * @param config their settings; null for none
     * @param expected their rows: arrays, or objects by the names in the first row
     * @param errors codes of what they report besides; null for nothing
     * @param because why ours differs, or the setting; null where both agree
     * @param ours the same as we read it, or the type of the problem; null where both agree or nothing is read
     */
    record Case(
            String set,
            String description,
            String input,
            JsonNode config,
            ArrayNode expected,
            List<String> errors,
            Verdict verdict,
            String because,
            JsonNode ours) {
        @Override
        public String toString() {
            return set + ": " + description;
        }

        String setting(String name) {
            return config == null || !config.has(name) ? null : config.get(name).asText();
        }

        boolean hasNames() {
            return "true".equals(setting("header"));
        }

        boolean hasObjects() {
            return expected.path(0).isObject();
        }

        /** Those of its settings that an import does not have. */
        List<String> settingsNotOurs() {
            List<String> others = new ArrayList<>();
            if (config != null) config.fieldNames().forEachRemaining(others::add);
            String delimiter = setting("delimiter");
            boolean delimits = delimiter == null || FormatHint.canDelimit(delimiter);
            others.removeIf(name -> OURS.contains(name) && (delimits || !name.equals("delimiter")));
            return others;
        }
    }

    static Stream<Case> cases() throws IOException {
        return new ObjectMapper().readValue(Files.readAllBytes(CASES), new TypeReference<List<Case>>() {}).stream();
    }

    static Stream<Case> readHere() throws IOException {
        return cases().filter(one -> one.verdict() != Verdict.NOT_OURS);
    }

    static Stream<Case> readAsRows() throws IOException {
        return readHere().filter(one -> !one.hasNames() && read(one).isArray());
    }

    @ParameterizedTest
    @MethodSource("readHere")
    void a_case_is_read_as_the_table_says(Case one) {
        if (one.verdict() == Verdict.AGREES) assertEquals(one.expected(), read(one));
        else {
            assertNotEquals(one.expected(), one.ours());
            assertEquals(one.ours(), read(one));
        }
    }

    /** There it is mostly read where it lies, by another reader. */
    @ParameterizedTest
    @MethodSource("readAsRows")
    void a_case_is_read_the_same_below_names(Case one) {
        Table alone = table(one.input(), hint(one, null));
        String delimiter = alone.plan().format().delimiter();
        Table below = table("Name" + delimiter + "City\n" + one.input(), hint(one, delimiter));
        assertEquals(filled(alone), filled(below));
    }

    @Test
    void no_case_is_left_out() throws IOException {
        assertEquals(Map.of(Verdict.AGREES, 78, Verdict.DIFFERS, 24, Verdict.NOT_OURS, 50), counts());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void only_what_needs_another_setting_is_not_ours(Case one) {
        boolean notOurs = one.verdict() == Verdict.NOT_OURS;
        assertEquals(notOurs, !one.settingsNotOurs().isEmpty());
        if (notOurs) assertTrue(one.settingsNotOurs().contains(one.because()));
    }

    @Test
    void the_document_says_what_the_table_says() throws IOException {
        List<String> written = Files.readAllLines(DOCUMENT);
        List<String> lines = lines();
        assertEquals(List.of(), without(lines, line -> written.stream().anyMatch(other -> other.startsWith(line))));
        assertEquals(
                List.of(), without(written, line -> !line.matches("\\| (core|parse): .*") || lines.contains(line)));
    }

    /** Prints the lines of the document that come from the table, or how they begin. */
    public static void main(String... args) throws IOException {
        lines().forEach(System.out::println);
    }

    private static List<String> lines() throws IOException {
        Map<String, List<String>> others = new TreeMap<>();
        Map<String, Integer> settings = new TreeMap<>();
        cases().forEach(one -> {
            if (one.verdict() == Verdict.NOT_OURS) settings.merge(one.because(), 1, Integer::sum);
            else if (one.ours() != null)
                others.computeIfAbsent(one.because(), because -> new ArrayList<>())
                        .add(line(one));
        });
        List<String> lines = new ArrayList<>();
        counts().forEach((verdict, count) -> lines.add("| " + verdict + " | " + count + " |"));
        others.forEach((because, group) -> {
            lines.add("### " + because);
            lines.addAll(group);
        });
        settings.forEach((setting, count) -> lines.add("| `" + setting + "` | " + count + " |"));
        return lines;
    }

    private static Map<Verdict, Integer> counts() throws IOException {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        cases().forEach(one -> counts.merge(one.verdict(), 1, Integer::sum));
        return counts;
    }

    private static List<String> without(List<String> lines, Predicate<String> known) {
        return lines.stream().filter(known.negate()).toList();
    }

    private static String line(Case one) {
        String theirs = code(one.expected()) + (one.errors() == null ? "" : ", " + String.join(", ", one.errors()));
        String ours = one.ours().isTextual() ? one.ours().asText() : code(one.ours());
        return "| " + one + " | " + code(TextNode.valueOf(one.input())) + " | " + theirs + " | " + ours + " |";
    }

    private static String code(JsonNode json) {
        return "`" + json + "`";
    }

    private static JsonNode read(Case one) {
        try {
            Table table = table(one.input(), hint(one, null));
            return one.hasObjects() ? objects(table) : rows(table, one.hasNames());
        } catch (ProblemException e) {
            return TextNode.valueOf(e.type().name());
        }
    }

    private static ArrayNode rows(Table table, boolean withNames) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        if (withNames) table.plan().header().forEach(rows.addArray()::add);
        for (FileRow row : table.rows()) row.cells().forEach(rows.addArray()::add);
        return rows;
    }

    private static ArrayNode objects(Table table) {
        List<String> names = table.plan().header();
        ArrayNode objects = JsonNodeFactory.instance.arrayNode();
        for (FileRow row : table.rows()) {
            ObjectNode object = objects.addObject();
            for (int i = 0; i < row.cells().size(); i++)
                if (i < names.size()) object.put(names.get(i), row.cells().get(i));
                else object.withArray("__parsed_extra").add(row.cells().get(i));
        }
        return objects;
    }

    /** Rows without the blank cells at their ends: there are as many as the names or the other rows make it. */
    private static List<List<String>> filled(Table table) {
        List<List<String>> rows = new ArrayList<>();
        for (FileRow row : table.rows()) {
            int filled = row.cells().size();
            while (row.cells().get(filled - 1).isBlank()) filled--;
            rows.add(row.cells().subList(0, filled));
        }
        return rows;
    }

    private static Table table(String text, FormatHint hint) {
        Table table = Table.of(text.getBytes(StandardCharsets.UTF_8), hint, 9);
        for (FileRow row : table.rows()) assertNull(row.fault());
        return table;
    }

    /** @param below the delimiter of the names that it stands below; null: it stands alone */
    private static FormatHint hint(Case one, String below) {
        return new FormatHint(
                "csv",
                below == null ? one.setting("delimiter") : below,
                null,
                null,
                one.setting("escapeChar"),
                null,
                below != null || one.hasNames());
    }
}
