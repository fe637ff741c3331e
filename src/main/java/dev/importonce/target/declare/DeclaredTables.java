package dev.importonce.target.declare;

import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares declarations with the tables that the catalogue has now. */
@ApplicationScoped
public class DeclaredTables {
    private final Catalogue catalogue;

    DeclaredTables(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The table, if it is as declared. */
    public DeclaredTable current(Declaration declaration) {
        List<Fault> faults = new ArrayList<>();
        Optional<DeclaredTable> table = compare(declaration, faults);
        if (!faults.isEmpty()) throw new TargetChanged(faults);
        return table.orElseThrow();
    }

    /** All that does not fit; empty: rows can be imported. */
    public List<Fault> faults(Declaration declaration) {
        List<Fault> faults = new ArrayList<>();
        compare(declaration, faults);
        return faults;
    }

    /** The table of that name, if it may be a target. */
    public Optional<CatalogueTable> find(String name, List<Fault> faults) {
        return find("/table", name, faults);
    }

    private Optional<DeclaredTable> compare(Declaration declaration, List<Fault> faults) {
        Optional<CatalogueTable> found = declaration.shipped()
                ? catalogue.own(declaration.table())
                : find("/table", declaration.table(), faults);
        if (found.isEmpty()) return Optional.empty();
        CatalogueTable table = found.get();
        faults.addAll(Fit.faults(declaration, table));
        Map<String, Link> links = new HashMap<>();
        for (int i = 0; i < declaration.fields().size(); i++) {
            DeclaredField field = declaration.fields().get(i);
            if (field.reference() == null) continue;
            link("/fields/" + i + "/references", field, table, faults)
                    .ifPresent(link -> links.put(field.field().name(), link));
        }
        return Optional.of(new DeclaredTable(table, links));
    }

    private Optional<CatalogueTable> find(String pointer, String name, List<Fault> faults) {
        Optional<TableName> read = TableName.read(name);
        Sentence fault = read.isEmpty()
                ? Sentence.of("table-name-not-of-form")
                : Fit.isSystem(read.get().schema())
                        ? Sentence.of("schema-not-for-imports", read.get().schema())
                        : null;
        Optional<CatalogueTable> table = fault == null ? read.flatMap(catalogue::table) : Optional.empty();
        if (fault == null && table.isEmpty()) fault = Sentence.of("no-such-table", name);
        if (fault == null) fault = Fit.refusal(table.get());
        if (fault == null) return table;
        faults.add(Fault.at(pointer, fault));
        return Optional.empty();
    }

    private Optional<Link> link(String pointer, DeclaredField field, CatalogueTable table, List<Fault> faults) {
        Reference reference = field.reference();
        Optional<CatalogueTable> other = find(pointer + "/table", reference.table(), faults);
        if (other.isEmpty()) return Optional.empty();
        int before = faults.size();
        for (String statement : other.get().traits().missing().reading())
            faults.add(Fault.at(pointer + "/table", Fit.right(statement)));
        List<CatalogueColumn> matches = new ArrayList<>();
        for (String match : reference.match()) matches.add(column(pointer + "/match", other.get(), match, faults));
        CatalogueColumn owner = reference.owner() == null
                ? null
                : column(pointer + "/owner", other.get(), reference.owner().column(), faults);
        Set<String> key = new HashSet<>(reference.match());
        if (reference.owner() != null) key.add(reference.owner().column());
        if (!other.get().isKey(key))
            faults.add(Fault.at(
                    pointer + "/match", Sentence.of("no-unique-index-of", reference.table(), Fit.listed(key))));
        String id = referenced(table, field.column(), other.get());
        if (id == null)
            faults.add(Fault.at(pointer, Sentence.of("referenced-column-unclear", reference.table(), field.column())));
        else column(pointer, other.get(), id, faults);
        if (faults.size() > before) return Optional.empty();
        return Optional.of(new Link(
                other.get(),
                List.copyOf(matches),
                other.get().column(id).orElseThrow(),
                owner == null ? null : new Link.Owned(reference.owner().kind(), owner)));
    }

    /** The column that a foreign key says; without one, the primary key. */
    private static String referenced(CatalogueTable table, String column, CatalogueTable other) {
        for (CatalogueTable.ForeignKey key : table.foreignKeys()) {
            int place = key.columns().indexOf(column);
            if (place >= 0 && key.table().equals(other.name()))
                return key.referenced().get(place);
        }
        List<String> primary = other.indexes().primary();
        return primary.size() == 1 ? primary.get(0) : null;
    }

    private static CatalogueColumn column(String pointer, CatalogueTable table, String name, List<Fault> faults) {
        CatalogueColumn column = table.column(name).orElse(null);
        if (column == null) faults.add(Fault.at(pointer, Sentence.of("no-column-in-other-table", name)));
        else if (!column.privileges().select())
            faults.add(Fault.at(pointer, Fit.grant("select", column.written().name(), table)));
        return column;
    }
}
