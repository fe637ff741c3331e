package dev.importonce.target.declare;

import dev.importonce.problem.Fault;
import dev.importonce.target.type.Choice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    private void compare() {
        if (table.kind() != CatalogueTable.Kind.TABLE) {
            fault(
                    "/table",
                    "This is a view or a foreign table: only the rows of a table of this database can be imported.");
            return;
        }
        owner();
        attributes();
        for (int i = 0; i < declaration.fields().size(); i++)
            field("/fields/" + i, declaration.fields().get(i));
        key();
        Set<String> filled = filled();
        required(filled);
        privileges(filled);
    }

    private void owner() {
        if (declaration.owner() == null) return;
        String column = declaration.owner().column();
        String type = table.column(column).map(CatalogueColumn::type).orElse(null);
        if (type == null) fault("/owner", missing(column));
        else if (!type.equals("uuid")) fault("/owner", "The column \"" + column + "\" is not of the type uuid.");
    }

    private void attributes() {
        String column = declaration.attributes();
        if (column == null) return;
        String type = table.column(column).map(CatalogueColumn::type).orElse(null);
        if (type == null) fault("/attributes", missing(column));
        else if (!type.equals("jsonb")) fault("/attributes", "The column \"" + column + "\" is not of the type jsonb.");
    }

    private void field(String pointer, DeclaredField field) {
        CatalogueColumn column = table.column(field.column()).orElse(null);
        if (column == null) fault(pointer + "/column", missing(field.column()));
        else if (column.filling() == CatalogueColumn.Filling.GENERATED)
            fault(
                    pointer + "/column",
                    "The database computes the column \"" + field.column() + "\": no file can fill it.");
        else if (!field.type().fits(column))
            fault(
                    pointer + "/type",
                    "The column \"" + field.column() + "\" is of the type " + column.type() + ", which holds no "
                            + field.type().word() + ".");
        else choices(pointer, field, column);
    }

    private void choices(String pointer, DeclaredField field, CatalogueColumn column) {
        if (column.labels().isEmpty() || !(field.field().normaliser() instanceof Choice choice)) return;
        List<String> strange = choice.values().stream()
                .filter(value -> !column.labels().contains(value))
                .toList();
        if (!strange.isEmpty())
            fault(
                    pointer + "/values",
                    "The type " + column.type() + " of the column has no value " + String.join(", ", strange) + ".");
    }

    /** The index has to be on exactly these columns: only then one statement can find and insert a row. */
    private void key() {
        Set<String> columns = new HashSet<>();
        for (String name : declaration.key()) declaration.field(name).ifPresent(field -> columns.add(field.column()));
        if (declaration.owner() != null) columns.add(declaration.owner().column());
        if (table.keys().stream().anyMatch(key -> Set.copyOf(key).equals(columns))) return;
        String others = table.otherKeys().isEmpty()
                ? ""
                : " These unique indexes cannot be a key, since they are not valid, deferrable, on expressions, or not on all rows: "
                        + String.join(", ", table.otherKeys()) + ".";
        fault(
                "/key",
                "No unique index of the table has exactly the columns "
                        + String.join(", ", columns.stream().sorted().toList()) + "." + others);
    }

    private void required(Set<String> filled) {
        for (CatalogueColumn column : table.columns())
            if (column.filling() == CatalogueColumn.Filling.REQUIRED && !filled.contains(column.name()))
                fault(
                        "/fields",
                        "The column \"" + column.name() + "\" needs a value in each row, and no field fills it.");
    }

    private void privileges(Set<String> filled) {
        for (CatalogueColumn column : table.columns()) {
            if (!filled.contains(column.name())) continue;
            CatalogueColumn.Privileges may = column.privileges();
            if (!may.select() || !may.insert() || !may.update())
                fault(
                        "/table",
                        "The service may not read and write the column \"" + column.name()
                                + "\". Let the table's owner run supabase-compat/allow_target.sql.");
        }
    }

    private Set<String> filled() {
        Set<String> filled = new HashSet<>();
        declaration.fields().forEach(field -> filled.add(field.column()));
        if (declaration.owner() != null) filled.add(declaration.owner().column());
        if (declaration.attributes() != null) filled.add(declaration.attributes());
        return filled;
    }

    private String missing(String column) {
        return "The table has no column \"" + column + "\".";
    }

    private void fault(String pointer, String detail) {
        faults.add(Fault.at(pointer, detail));
    }
}
