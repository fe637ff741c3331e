package dev.importonce.target.declare;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalogue says about a table.
 *
 * @param name schema and name
 * @param written the same as it is in statements, quoted by PostgreSQL
 * @param kind what it is
 * @param columns in their order
 * @param indexes its unique indexes
 * @param checks definitions of the CHECK constraints, as PostgreSQL writes them
 * @param foreignKeys its references to other tables
 * @param traits what else decides about its rows
 */
public record CatalogueTable(
        TableName name,
        String written,
        Kind kind,
        List<CatalogueColumn> columns,
        Indexes indexes,
        List<String> checks,
        List<ForeignKey> foreignKeys,
        Traits traits) {
    /** What a name of the catalogue stands for. */
    public enum Kind {
        TABLE,
        VIEW,
        FOREIGN_TABLE
    }

    /**
     * The unique indexes.
     *
     * @param keys the column lists of those that can be a natural key: unique, valid, immediate, of all rows, of columns only
     * @param others names of the other ones
     * @param primary columns of the primary key; empty: there is none
     */
    public record Indexes(List<List<String>> keys, List<String> others, List<String> primary) {}

    /**
     * A reference to another table.
     *
     * @param columns the own ones
     * @param table the other table
     * @param referenced its columns, in the same order
     */
    public record ForeignKey(List<String> columns, TableName table, List<String> referenced) {}

    /**
     * What else decides about rows.
     *
     * @param rules whether rules rewrite statements
     * @param droppingTriggers whether triggers are called before a row is inserted, which may drop it
     * @param partition whether it is a part of another table
     * @param own whether it is one of the service's own tables
     * @param role the role of the service, quoted
     * @param missing what the role lacks, beside the rights to columns
     */
    public record Traits(
            boolean rules,
            boolean droppingTriggers,
            boolean partition,
            boolean own,
            String role,
            MissingRights.Lists missing) {
        /** Of a table that is only a table. */
        public static final Traits NONE =
                new Traits(false, false, false, false, "importonce", MissingRights.Lists.NONE);
    }

    /** The column of that name. */
    public Optional<CatalogueColumn> column(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }

    /** Whether a trigger may drop rows that are inserted, without an error. */
    public boolean mayDropRows() {
        return traits.droppingTriggers();
    }

    /** Whether one of the unique indexes that can be a natural key has exactly these columns. */
    boolean isKey(Set<String> columns) {
        return indexes.keys().stream().anyMatch(key -> Set.copyOf(key).equals(columns));
    }
}
