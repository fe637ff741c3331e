package dev.importonce.target.declare;

import dev.importonce.problem.Fault;
import dev.importonce.target.type.Choice;
import dev.importonce.target.type.DecimalNumber;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Compares a declaration with its table, and collects everything that does not fit. */
final class Fit {
    private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_toast", "auth", "storage");

    private final Declaration declaration;
    private final CatalogueTable table;
    private final List<Fault> faults = new ArrayList<>();

    private Fit(Declaration declaration, CatalogueTable table) {
        this.declaration = declaration;
        this.table = table;
    }

    /** Whether a schema is the system's own, whose tables are no targets. */
    static boolean isSystem(String schema) {
        return SYSTEM.contains(schema) || schema.startsWith("pg_");
    }

    /** All that does not fit; empty: rows can be imported. */
    static List<Fault> faults(Declaration declaration, CatalogueTable table) {
        Fit fit = new Fit(declaration, table);
        fit.compare();
        return List.copyOf(fit.faults);
    }

    /** Why no declaration can have the table; null: one can. */
    static Sentence refusal(CatalogueTable table) {
        if (table.kind() != CatalogueTable.Kind.TABLE) return Sentence.of("view-or-foreign-table");
        CatalogueTable.Traits traits = table.traits();
        if (traits.own()) return Sentence.of("table-of-service");
        if (traits.partition()) return Sentence.of("table-is-partition");
        return traits.rules() ? Sentence.of("table-with-rules") : null;
    }

    /** What gives the service a right that it lacks. */
    static Sentence right(String statement) {
        return Sentence.of("right-missing", statement + ";");
    }

    /** What gives the service a privilege that it lacks. */
    static Sentence grant(String privileges, String column, CatalogueTable table) {
        String statement = "grant " + privileges + " on " + table.written() + " to "
                + table.traits().role() + ";";
        return Sentence.of("column-right-missing", privileges, column, statement);
    }

    private void compare() {
        if (declaration.owner() != null) typed("/owner", declaration.owner().column(), "uuid");
        typed("/attributes", declaration.attributes(), "jsonb");
        typed("/id", declaration.filled().id(), "uuid");
        typed("/updatedAt", declaration.filled().updatedAt(), "timestamptz");
        for (int i = 0; i < declaration.fields().size(); i++)
            field("/fields/" + i, declaration.fields().get(i));
        key();
        Set<String> filled = filled();
        id();
        required(filled);
        privileges(filled);
    }

    private void typed(String pointer, String column, String expected) {
        if (column == null) return;
        String type = table.column(column).map(CatalogueColumn::type).orElse(null);
        if (type == null) fault(pointer, missing(column));
        else if (!type.equals(expected)) fault(pointer, Sentence.of("column-not-of-type", column, expected));
    }

    private void field(String pointer, DeclaredField field) {
        CatalogueColumn column = table.column(field.column()).orElse(null);
        if (column == null) fault(pointer + "/column", missing(field.column()));
        else if (column.filling() == CatalogueColumn.Filling.GENERATED)
            fault(pointer + "/column", Sentence.of("column-computed", field.column()));
        else if (!field.type().fits(column))
            fault(
                    pointer + "/type",
                    Sentence.of(
                            "column-holds-no",
                            field.column(),
                            column.type(),
                            field.type().word()));
        else {
            choices(pointer, field, column);
            scale(pointer, field, column);
        }
    }

    /** PostgreSQL rounds what has too many decimals for its column; the service rejects it. */
    private void scale(String pointer, DeclaredField field, CatalogueColumn column) {
        if (column.scale() < 0 || !(field.field().normaliser() instanceof DecimalNumber number)) return;
        if (number.scale() == null || number.scale() > column.scale())
            fault(pointer + "/scale", Sentence.of("column-rounds", field.column(), column.scale(), column.scale()));
    }

    private void choices(String pointer, DeclaredField field, CatalogueColumn column) {
        if (column.labels().isEmpty() || !(field.field().normaliser() instanceof Choice choice)) return;
        List<String> strange = choice.values().stream()
                .filter(value -> !column.labels().contains(value))
                .toList();
        if (!strange.isEmpty())
            fault(pointer + "/values", Sentence.of("type-has-no-value", column.type(), String.join(", ", strange)));
    }

    /** The index has to be on exactly these columns: only then one statement can find and insert a row. */
    private void key() {
        Set<String> columns = new HashSet<>();
        for (String name : declaration.key()) declaration.field(name).ifPresent(field -> columns.add(field.column()));
        if (declaration.owner() != null) columns.add(declaration.owner().column());
        if (table.isKey(columns)) return;
        List<String> others = table.indexes().others();
        fault(
                "/key",
                Sentence.of(
                        "no-unique-index",
                        listed(columns),
                        others.isEmpty() ? "" : Sentence.of("indexes-no-key", String.join(", ", others))));
    }

    /** An undo finds a row by its id. */
    private void id() {
        String id = declaration.filled().id();
        if (id != null
                && table.indexes().keys().stream().noneMatch(key -> key.get(0).equals(id)))
            fault("/id", Sentence.of("id-without-index", id));
    }

    private void required(Set<String> filled) {
        for (CatalogueColumn column : table.columns())
            if (column.filling() == CatalogueColumn.Filling.REQUIRED && !filled.contains(column.name()))
                fault("/fields", Sentence.of("column-not-filled", column.name()));
    }

    private void privileges(Set<String> filled) {
        for (String statement : table.traits().missing().writing()) fault("/table", right(statement));
        for (CatalogueColumn column : table.columns()) {
            if (!filled.contains(column.name())) continue;
            CatalogueColumn.Privileges may = column.privileges();
            List<String> lacking = new ArrayList<>();
            if (!may.select()) lacking.add("select");
            if (!may.insert()) lacking.add("insert");
            if (!may.update()) lacking.add("update");
            if (!lacking.isEmpty())
                fault(
                        "/table",
                        grant(String.join(", ", lacking), column.written().name(), table));
        }
    }

    private Set<String> filled() {
        Set<String> filled = new HashSet<>();
        declaration.fields().forEach(field -> filled.add(field.column()));
        if (declaration.owner() != null) filled.add(declaration.owner().column());
        Stream.of(
                        declaration.attributes(),
                        declaration.filled().id(),
                        declaration.filled().updatedAt())
                .filter(Objects::nonNull)
                .forEach(filled::add);
        return filled;
    }

    /** Names of columns, in an order that does not change. */
    static String listed(Set<String> columns) {
        return String.join(", ", columns.stream().sorted().toList());
    }

    private static Sentence missing(String column) {
        return Sentence.of("no-column-in-table", column);
    }

    private void fault(String pointer, Sentence detail) {
        faults.add(Fault.at(pointer, detail));
    }
}
