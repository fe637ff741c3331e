package dev.importonce.target;

import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Declared;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables, declarations and files made by chance: every type, with good, bad, ambiguous and blank cells, under every rule for
 * stored rows and blank cells. What the database has afterwards is what a simple model says; a preview foresees it, and undos
 * take it back, step by step.
 */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class GeneratedTargetsApiTest {
    private static final int FILES = 4;
    private static final int ROWS = 40;
    private static final int KEYS = 15;
    private static final String OWNER = "00000000-0000-0000-0000-000000000001";

    Database database;

    @BeforeEach
    void no_targets() {
        database.update("delete from import_targets");
        database.update("drop table if exists made_by_chance");
    }

    @AfterEach
    void nothing_is_left() {
        no_targets();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_database_has_what_a_simple_model_says(long seed) {
        Random random = new Random(seed);
        List<Type> types = new ArrayList<>(List.of(Type.values()));
        java.util.Collections.shuffle(types, random);
        types = types.subList(0, 3 + random.nextInt(types.size() - 3));
        declare(types);
        TreeMap<String, List<String>> model = new TreeMap<>();
        List<TreeMap<String, List<String>>> before = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            String onExisting = List.of("update", "fill", "skip").get(random.nextInt(3));
            String onBlank = onExisting.equals("fill")
                    ? "keep"
                    : List.of("keep", "clear").get(random.nextInt(2));
            String mapping = mapping(types, onExisting, onBlank);
            Counts expected = new Counts();
            before.add(new TreeMap<>(model));
            byte[] csv = file(types, random, model, onExisting, onBlank, expected);

            assertEquals(expected.toString(), foreseen(preview(csv, mapping)), () -> "seed " + seed);
            JsonPath job = imported(csv, mapping);
            assertEquals(expected.toString(), outcome(job), () -> "seed " + seed + job.prettify());
            assertEquals(model, stored(types), () -> "seed " + seed);
            jobs.add(job.getString("jobId"));
        }
        for (int file = FILES - 1; file >= 0; file--) {
            JsonPath undone = Undos.undone(jobs.get(file));
            assertEquals(List.of(), undone.getList("undo.kept"));
            assertEquals(before.get(file), stored(types), () -> "seed " + seed);
        }
    }

    private void declare(List<Type> types) {
        String columns =
                types.stream().map(type -> type.name() + "_ " + type.column).collect(Collectors.joining(", "));
        database.update(
                "create table made_by_chance (owner uuid, k text, n int, " + columns + ", unique (owner, k, n))");
        String fields = types.stream()
                .map(type -> "{\"name\": \"%1$s\", \"column\": \"%2$s_\", \"type\": \"%1$s\"%3$s}"
                        .formatted(type.name().toLowerCase(), type.name().toLowerCase(), type.rules))
                .collect(Collectors.joining(", "));
        put("made-by-chance", """
                {"name": "made-by-chance", "table": "public.made_by_chance", "owner": {"user": "owner"}, "key": ["k", "n"],
                 "fields": [{"name": "k", "column": "k", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}, %s]}
                """.formatted(fields)).then().statusCode(201);
    }

    private static String mapping(List<Type> types, String onExisting, String onBlank) {
        String fields = types.stream()
                .map(type -> "\"%1$s\": \"%1$s\"".formatted(type.name().toLowerCase()))
                .collect(Collectors.joining(", "));
        return "{\"target\": \"made-by-chance\", \"undoable\": true, \"format\": {\"type\": \"csv\", \"delimiter\": \"|\"}, \"onExisting\": \"%s\", \"onBlank\": \"%s\", \"fields\": {\"k\": \"k\", \"n\": \"n\", %s}}"
                .formatted(onExisting, onBlank, fields);
    }

    /** Makes a file, and does with the model what its import has to do. */
    private static byte[] file(
            List<Type> types,
            Random random,
            TreeMap<String, List<String>> model,
            String onExisting,
            String onBlank,
            Counts counts) {
        List<String> lines = new ArrayList<>();
        lines.add("k|n|" + types.stream().map(type -> type.name().toLowerCase()).collect(Collectors.joining("|")));
        TreeMap<String, List<String>> last = new TreeMap<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++)
            rows.add(types.stream().map(type -> type.cell(random)).toList());
        List<Boolean> clear = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            clear.add(types.get(i)
                    .isClear(rows.stream().map(row -> row.get(column).text()).toList()));
        }
        for (List<Cell> row : rows) {
            String key = "k" + random.nextInt(KEYS) + "|" + random.nextInt(2);
            lines.add(key + "|" + row.stream().map(Cell::text).collect(Collectors.joining("|")));
            boolean bad = false;
            for (int i = 0; i < row.size(); i++)
                if (row.get(i).bad() || row.get(i).ambiguous() && !clear.get(i)) bad = true;
            List<String> values = new ArrayList<>();
            row.forEach(cell -> values.add(cell.value()));
            if (bad) counts.rejected++;
            else if (last.put(key, values) != null) counts.overridden++;
        }
        last.forEach((key, values) -> merge(model, key, values, onExisting, onBlank, counts));
        return Declared.csv(lines.toArray(String[]::new));
    }

    private static void merge(
            TreeMap<String, List<String>> model,
            String key,
            List<String> values,
            String onExisting,
            String onBlank,
            Counts counts) {
        List<String> stored = model.get(key);
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String old = stored == null ? null : stored.get(i);
            String given = values.get(i);
            boolean taken = onExisting.equals("fill") ? old == null : given != null || onBlank.equals("clear");
            merged.add(stored == null || taken ? given : old);
        }
        if (stored == null) counts.inserted++;
        else if (onExisting.equals("skip")) counts.skipped++;
        else if (stored.equals(merged)) counts.unchanged++;
        else counts.updated++;
        if (stored == null || !onExisting.equals("skip")) model.put(key, merged);
    }

    private TreeMap<String, List<String>> stored(List<Type> types) {
        String columns = types.stream()
                .map(type -> type == Type.TIMESTAMP ? "(TIMESTAMP_ at time zone 'UTC')::text" : type.name() + "_::text")
                .collect(Collectors.joining(", "));
        TreeMap<String, List<String>> stored = new TreeMap<>();
        for (List<Object> row :
                database.rows("select k || '|' || n, " + columns + " from made_by_chance where owner = ?::uuid", OWNER))
            stored.put(
                    (String) row.get(0),
                    row.subList(1, row.size()).stream()
                            .map(value -> (String) value)
                            .toList());
        return stored;
    }

    private static final class Counts {
        private int inserted;
        private int updated;
        private int unchanged;
        private int skipped;
        private int overridden;
        private int rejected;

        @Override
        public String toString() {
            int[] counts = {inserted, updated, unchanged, skipped, overridden, rejected};
            List<String> names = List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected");
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) if (counts[i] > 0) parts.add(names.get(i) + " " + counts[i]);
            return String.join(", ", parts);
        }
    }

    /** Each type with cells that it takes, and what the database then shows, and cells that it does not take, or that mean two things by themselves. */
    private enum Type {
        TEXT(
                "varchar(9)",
                ", \"maxLength\": 9, \"normalise\": [\"lower\"]",
                " Ann Ü>ann ü",
                "O''x>o''x",
                "0012>0012",
                "much too long"),
        EMAIL("text", "", "Ann@Example.com>ann@example.com", "<b@c.example>>b@c.example", "a@b"),
        PHONE(
                "text",
                ", \"region\": \"DE\"",
                "+49 (0)30 901820>+4930901820",
                "0171/123 45 67>+491711234567",
                "+41 44 668 18 00>+41446681800",
                "110",
                "030 901820 ext. 5"),
        URL("text", "", "https://example.com/a#b=1>https://example.com/a#b=1", "nowhere"),
        INTEGER("bigint", ", \"min\": -5", "7>7", "-3>-3", "2.0>2", "-6", "x", "1.5"),
        DECIMAL("numeric", ", \"scale\": 2", "1.50>1.50", "-0.1>-0.1", "1234>1234", "1.234", "1,234?1234", "x"),
        BOOLEAN("boolean", "", "yes>true", "nein>false", "1>true", "oui>true", "maybe"),
        DATE("date", "", "2030-01-31>2030-01-31", "31.01.2030>2030-01-31", "03/04/2030?2030-04-03", "2030-02-30"),
        TIME("time", "", "17:30>17:30:00", "5:30 pm>17:30:00", "25:00"),
        TIMESTAMP("timestamptz", "", "2030-01-31T10:00:00+01:00>2030-01-31 09:00:00", "03/04/2030 10:00"),
        UUID("uuid", "", "ABCDEF00-0000-4000-8000-000000000001>abcdef00-0000-4000-8000-000000000001", "abc"),
        ENUM(
                "text",
                ", \"values\": {\"active\": [\"aktiv\"], \"gone\": [\"weg\"]}",
                "aktiv>active",
                "ACTIVE>active",
                "weg>gone",
                "ja"),
        JSON("jsonb", "", "{\"a\": 1}>{\"a\": 1}", "[]>[]", "{"),
        LIST("text[]", "", "a;b>{a,b}", "x>{x}");

        /** Of these cells one says how the ambiguous ones of its column are read, unless one of the others is there. */
        private static final Set<String> CLEAR = Set.of("1.50", "-0.1", "31.01.2030");

        private static final Set<String> UNCLEAR = Set.of("x", "2030-02-30");

        private final String column;
        private final String rules;
        private final List<Cell> good;
        private final List<Cell> bad;

        Type(String column, String rules, String... cells) {
            this.column = column;
            this.rules = rules;
            List<Cell> all = Stream.of(cells).map(Cell::of).toList();
            good = all.stream().filter(cell -> !cell.bad() && !cell.ambiguous()).toList();
            bad = all.stream().filter(cell -> cell.bad() || cell.ambiguous()).toList();
        }

        /** A list takes everything: its bad cell is one of half characters. */
        Cell cell(Random random) {
            int kind = random.nextInt(12);
            if (kind == 0)
                return bad.isEmpty() ? new Cell("a\0b", null, true, false) : bad.get(random.nextInt(bad.size()));
            return kind < 4 ? new Cell("", null, false, false) : good.get(random.nextInt(good.size()));
        }

        boolean isClear(List<String> texts) {
            return texts.stream().anyMatch(CLEAR::contains) && texts.stream().noneMatch(UNCLEAR::contains);
        }
    }

    /** What a file has, and what the database then shows. */
    private record Cell(String text, String value, boolean bad, boolean ambiguous) {
        static Cell of(String written) {
            String cell = written.replace("''", "'");
            int mark = Math.max(cell.lastIndexOf('>'), cell.lastIndexOf('?'));
            return mark < 0
                    ? new Cell(cell, null, true, false)
                    : new Cell(cell.substring(0, mark), cell.substring(mark + 1), false, cell.charAt(mark) == '?');
        }
    }
}
