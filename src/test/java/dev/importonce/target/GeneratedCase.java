package dev.importonce.target;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Declared;
import dev.importonce.target.GeneratedType.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A table, its declaration, and files that are imported one after another.
 *
 * @param owned whether each row has an owner
 * @param keys the types of the natural key's columns
 * @param types those of the others
 * @param imports in their order
 */
record GeneratedCase(boolean owned, List<GeneratedType> keys, List<GeneratedType> types, List<Import> imports) {
    static final String TABLE = "made_by_chance";
    static final String NAMED = "named_by_chance";

    private static final int MOST_ROWS = 40;
    private static final int IMPORTS = 3;

    /** A file and how it is imported; the cells of a row are those of the key, then the others. */
    record Import(String onExisting, String onBlank, List<List<Cell>> rows) {}

    static Arbitrary<GeneratedCase> any() {
        Arbitrary<List<GeneratedType>> keys = Arbitraries.of(GeneratedType.OF_KEYS)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3);
        Arbitrary<List<GeneratedType>> types =
                Arbitraries.of(GeneratedType.values()).list().uniqueElements().ofMinSize(1);
        // On a cluster, the table that they refer to is on all nodes: rows without an owner cannot refer to it.
        Arbitrary<Boolean> owned = Citus.WANTED ? Arbitraries.just(true) : Arbitraries.of(true, false);
        return Combinators.combine(owned, keys, types).as(Tuple::of).flatMap(made -> imports(made.get2(), made.get3())
                .map(imports -> new GeneratedCase(made.get1(), made.get2(), made.get3(), imports)));
    }

    private static Arbitrary<List<Import>> imports(List<GeneratedType> keys, List<GeneratedType> types) {
        List<Arbitrary<Cell>> cells = new ArrayList<>();
        // A blank key is nobody's.
        keys.forEach(type -> cells.add(cell(type.goodInKey(), List.of(), 19, 1)));
        types.forEach(type -> cells.add(cell(type.good(), type.bad(), 8, 3)));
        // A row without any text is no row.
        Arbitrary<List<List<Cell>>> rows = Combinators.combine(cells)
                .as(row -> row)
                .filter(row -> row.stream().anyMatch(cell -> !cell.text().isEmpty()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_ROWS);
        Arbitrary<String> onExisting = Arbitraries.of("update", "fill", "skip");
        return Combinators.combine(onExisting, Arbitraries.of("keep", "clear"), rows)
                .as((existing, blank, made) -> new Import(existing, existing.equals("fill") ? "keep" : blank, made))
                .list()
                .ofSize(IMPORTS);
    }

    /** One bad cell for so many good and so many blank ones. */
    private static Arbitrary<Cell> cell(List<Cell> good, List<Cell> bad, int goods, int blanks) {
        List<Tuple.Tuple2<Integer, Arbitrary<Cell>>> kinds = new ArrayList<>();
        kinds.add(Tuple.of(goods, Arbitraries.of(good)));
        kinds.add(Tuple.of(blanks, Arbitraries.just(Cell.BLANK)));
        if (!bad.isEmpty()) kinds.add(Tuple.of(1, Arbitraries.of(bad)));
        return Arbitraries.frequencyOf(kinds);
    }

    /** The statement that makes the table. */
    String table() {
        return "create table %s (%s%s, unique (%s))"
                .formatted(
                        TABLE,
                        owned ? "owner uuid not null, " : "",
                        IntStream.range(0, width())
                                .mapToObj(i -> type(i).column(name(i)))
                                .collect(Collectors.joining(", ")),
                        (owned ? "owner, " : "")
                                + names().limit(keys.size())
                                        .map(name -> name + "_")
                                        .collect(Collectors.joining(", ")));
    }

    /** The declaration, as JSON. */
    String declaration() {
        return """
                {"name": "made-by-chance", "table": "public.%s", "owner": %s, "key": [%s], "fields": [%s]}
                """.formatted(
                        TABLE,
                        owned ? "{\"user\": \"owner\"}" : "null",
                        quoted(names().limit(keys.size())),
                        IntStream.range(0, width())
                                .mapToObj(i -> type(i).field(name(i)))
                                .collect(Collectors.joining(", ")));
    }

    /** The mapping of one of its imports. */
    String mapping(Import each) {
        return """
                {"target": "made-by-chance", "undoable": true, "format": {"type": "csv", "delimiter": "|"},
                 "onExisting": "%s", "onBlank": "%s", "fields": {%s}}
                """.formatted(
                each.onExisting,
                each.onBlank,
                names().map(name -> "\"%1$s\": \"%1$s\"".formatted(name)).collect(Collectors.joining(", ")));
    }

    /** The file of one of its imports. */
    byte[] file(Import each) {
        return Declared.csv(Stream.concat(
                        Stream.of(names().collect(Collectors.joining("|"))),
                        each.rows.stream()
                                .map(row -> row.stream().map(Cell::text).collect(Collectors.joining("|"))))
                .toArray(String[]::new));
    }

    /** What shows the rows that are stored: a select without its condition. */
    String select() {
        return "select %s from %s"
                .formatted(
                        IntStream.range(0, width())
                                .mapToObj(i -> type(i).shown(name(i)))
                                .collect(Collectors.joining(", ")),
                        TABLE);
    }

    /** All of it, to be repeated by hand. */
    String told() {
        return imports.stream()
                .map(each -> mapping(each) + new String(file(each), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n", table() + "\n" + declaration(), ""));
    }

    int width() {
        return keys.size() + types.size();
    }

    /** The type of a column, by its place in a row. */
    GeneratedType type(int place) {
        return place < keys.size() ? keys.get(place) : types.get(place - keys.size());
    }

    /** A type may be one of a key's and one of the others. */
    private String name(int place) {
        return (place < keys.size() ? "key_of_" : "") + type(place).name().toLowerCase();
    }

    private Stream<String> names() {
        return IntStream.range(0, width()).mapToObj(this::name);
    }

    private static String quoted(Stream<String> names) {
        return names.map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }
}
