package dev.importonce.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.target.declare.CatalogueTable;
import dev.importonce.target.declare.Declaration;
import dev.importonce.target.declare.DeclarationReader;
import dev.importonce.target.declare.DeclaredTables;
import dev.importonce.target.declare.Targets;
import dev.importonce.target.merge.DuplicateRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code dedupe <declaration file or name>}: removes the duplicates of a table that has no unique index yet, so that it can become
 * a target.
 */
@ApplicationScoped
public class TargetDuplicates {
    private final Targets targets;
    private final DeclaredTables tables;
    private final DuplicateRows duplicates;

    TargetDuplicates(Targets targets, DeclaredTables tables, DuplicateRows duplicates) {
        this.targets = targets;
        this.tables = tables;
        this.duplicates = duplicates;
    }

    /**
     * @param what a file with one declaration, {@code ….json}, or the name of a declared target
     * @param apply whether to remove them; otherwise they are only shown
     * @return whether nothing is left for a person to do
     */
    public boolean run(String what, boolean apply, PrintStream out) {
        List<String> faults = new ArrayList<>();
        Optional<Declaration> declaration = document(what, faults).flatMap(json -> declaration(json, faults));
        if (declaration.isEmpty()) {
            faults.forEach(out::println);
            return false;
        }
        return run(declaration.get(), apply, out);
    }

    private Optional<JsonNode> document(String what, List<String> faults) {
        try {
            if (what.endsWith(".json")) {
                List<JsonNode> documents = TargetFiles.documents(what);
                if (documents.size() == 1) return Optional.of(documents.get(0));
                faults.add("Say which: " + what + " has not one declaration, but " + documents.size() + ".");
                return Optional.empty();
            }
            Optional<JsonNode> stored = targets.declaration(what)
                    .map(json -> StrictJson.parse("declaration", json.getBytes(StandardCharsets.UTF_8)));
            if (stored.isEmpty())
                faults.add(
                        "Say what to clean up: contacts, chats, jobs, the name of a declared target, or a file with a"
                                + " declaration, such as products.json. There is no target \"" + what + "\".");
            return stored;
        } catch (IOException | InvalidPathException e) {
            faults.add("The file cannot be read: " + e.getMessage());
        } catch (ProblemException e) {
            faults.add(e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<Declaration> declaration(JsonNode json, List<String> faults) {
        DeclarationReader.Outcome read = DeclarationReader.read(json);
        read.faults().forEach(fault -> faults.add(fault.pointer() + ": " + fault.detail()));
        return Optional.ofNullable(read.declaration());
    }

    private boolean run(Declaration declaration, boolean apply, PrintStream out) {
        List<Fault> faults = new ArrayList<>(tables.faults(declaration));
        boolean isUnique = !faults.removeIf(fault -> "/key".equals(fault.pointer()));
        faults.forEach(fault -> out.println(fault.pointer() + ": " + fault.detail()));
        if (!faults.isEmpty()) return false;
        if (isUnique) {
            out.println(declaration.name() + ": the table has a unique index on the key: there are no duplicates.");
            return true;
        }
        CatalogueTable table = tables.find(declaration.table(), faults).orElseThrow();
        return run(declaration, table, apply, out);
    }

    private boolean run(Declaration declaration, CatalogueTable table, boolean apply, PrintStream out) {
        String hindrance = hindrance(table);
        // Without a primary key nobody can say which rows these are.
        if (DuplicateRows.hindrance(table) == null) show(declaration, table, out);
        if (!hindrance.isEmpty()) out.println(hindrance);
        if (!apply) {
            out.println("Nothing was changed. To do it, run it again with --apply: it ends with "
                    + DuplicateRows.index(table, declaration) + ";");
            return true;
        }
        return hindrance.isEmpty() && apply(declaration, table, out);
    }

    private String hindrance(CatalogueTable table) {
        String hindrance = DuplicateRows.hindrance(table);
        if (hindrance != null) return "Not applied: " + hindrance;
        String referrers = duplicates.referrers(table);
        return referrers.isEmpty()
                ? ""
                : "Not applied: rows of " + referrers + " refer to " + table.written()
                        + ". Drop those foreign keys for the time of the clean-up; dedupe_log then says which row took over which.";
    }

    private void show(Declaration declaration, CatalogueTable table, PrintStream out) {
        DuplicateRows.Found found = duplicates.find(table, declaration);
        out.printf(
                "%s: %d surplus rows of %d keys, %d rows without a whole key left alone%n",
                declaration.name(), found.surplus(), found.keys(), found.without());
        found.examples().forEach(example -> out.println("  " + example));
    }

    private boolean apply(Declaration declaration, CatalogueTable table, PrintStream out) {
        Optional<DuplicateRows.Removed> removed = duplicates.remove(table, declaration);
        if (removed.isEmpty()) {
            out.println("Others are writing to the table. Nothing was changed; run it again.");
            return false;
        }
        out.println(removed.get().rows() + " rows removed, which dedupe_log keeps for 30 days; "
                + removed.get().filled() + " rows took over values.");
        out.println(
                removed.get().indexed()
                        ? "No duplicates are left; the unique index keeps new ones out."
                        : "No duplicates are left. Let the table's owner run: "
                                + DuplicateRows.index(table, declaration) + ";");
        return removed.get().indexed();
    }
}
