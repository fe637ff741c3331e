package dev.importonce.target.declare;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the rows of declared tables are on a database that Citus distributes over several nodes: with the staging of their owner.
 * There, a merge can be sent to one node only if all its tables are placed in this way, or are whole on every node. Rows that
 * belong to nobody stay on the coordinator, as do those that they refer to: Citus has no statement about both.
 */
@ApplicationScoped
class Distribution {
    private static final String HAS_CITUS =
            "select exists (select from pg_extension where extname = 'citus') as has_citus";

    private static final String IS_DISTRIBUTED = """
            select exists (select from pg_dist_partition where logicalrelid = to_regclass('target_staging') and partmethod = 'h') as distributed
            """;

    /** By the text of its name. */
    private static final String IS_PLACED = """
            select exists (
                select from pg_dist_partition p
                join pg_dist_partition s on s.logicalrelid = to_regclass('target_staging')
                where p.logicalrelid = to_regclass(?)
                  and (p.partmethod = 'h' and p.colocationid = s.colocationid or p.partmethod = 'n' and p.repmodel = 't')) as placed
            """;

    private static final String IS_ON_NODES =
            "select exists (select from pg_dist_partition where logicalrelid = to_regclass(?)) as placed";

    private static final String PLACE =
            "select create_distributed_table(to_regclass(?), ?, colocate_with => 'target_staging')";

    private static final String COPY = "select create_reference_table(to_regclass(?))";

    /** Rows of nobody. */
    private static final String IMPORTS = """
            select name
            from import_targets
            where to_regclass(declaration ->> 'table') = to_regclass(?) and coalesce(json_typeof(declaration -> 'owner'), 'null') = 'null'
            limit 1
            """;

    private final Sql sql;

    Distribution(Sql sql) {
        this.sql = sql;
    }

    /**
     * Places the table, and those that it refers to.
     *
     * @param wanted whether tables that are not placed are to be
     * @return why rows cannot be imported
     */
    List<Fault> place(Declaration declaration, boolean wanted) {
        if (!sql.one(HAS_CITUS, row -> row.bool("has_citus"))
                || !sql.one(IS_DISTRIBUTED, row -> row.bool("distributed")))
            return wanted ? List.of(Fault.at("/distribute", Sentence.of("database-not-distributed"))) : List.of();
        List<Fault> faults = new ArrayList<>();
        if (declaration.owner() == null) return stay(declaration, wanted);
        for (int i = 0; i < declaration.fields().size(); i++) {
            Reference reference = declaration.fields().get(i).reference();
            if (reference == null) continue;
            String pointer = "/fields/" + i + "/references";
            if (reference.owner() != null
                    && reference.owner().kind() != declaration.owner().kind())
                faults.add(Fault.at(pointer, Sentence.of("distributed-by-another-owner")));
            else place(pointer, reference.table(), reference.owner(), wanted).ifPresent(faults::add);
        }
        if (faults.isEmpty())
            place("/table", declaration.table(), declaration.owner(), wanted).ifPresent(faults::add);
        return faults;
    }

    private List<Fault> stay(Declaration declaration, boolean wanted) {
        List<Fault> faults = new ArrayList<>();
        if (wanted) faults.add(Fault.at("/distribute", Sentence.of("distributed-without-owner")));
        whole("/table", declaration.table()).ifPresent(faults::add);
        for (int i = 0; i < declaration.fields().size(); i++) {
            Reference reference = declaration.fields().get(i).reference();
            if (reference != null)
                whole("/fields/" + i + "/references", reference.table()).ifPresent(faults::add);
        }
        return faults;
    }

    private Optional<Fault> whole(String pointer, String table) {
        return sql.one(IS_ON_NODES, row -> row.bool("placed"), table)
                ? Optional.of(Fault.at(pointer, Sentence.of("table-on-nodes", table)))
                : Optional.empty();
    }

    private static String said(DatabaseException refusal) {
        return refusal.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "") + ".";
    }

    private Optional<Fault> place(String pointer, String table, Owner owner, boolean wanted) {
        if (sql.one(IS_PLACED, row -> row.bool("placed"), table)) return Optional.empty();
        if (!wanted)
            return Optional.of(Fault.at(
                    pointer,
                    Sentence.of(
                            "table-not-distributed",
                            table,
                            owner == null
                                    ? "select create_reference_table('" + table + "');"
                                    : "select create_distributed_table('" + table + "', '" + owner.column()
                                            + "', colocate_with => 'target_staging');")));
        Optional<String> target = owner == null ? sql.first(IMPORTS, row -> row.text("name"), table) : Optional.empty();
        if (target.isPresent())
            return Optional.of(Fault.at(pointer, Sentence.of("table-has-imports", table, target.get())));
        try {
            if (owner == null) sql.one(COPY, row -> row, table);
            else sql.one(PLACE, row -> row, table, owner.column());
            return Optional.empty();
        } catch (DatabaseException e) {
            return Optional.of(Fault.at(pointer, Sentence.of("table-cannot-be-distributed", table, said(e))));
        }
    }
}
