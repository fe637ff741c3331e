package dev.importonce.target.declare;

import java.util.List;
import java.util.Optional;

/**
 * What the catalogue says about a table.
 *
 * @param name schema and name
 * @param kind what it is
 * @param columns in their order
 * @param keys the column lists of the indexes that can be a natural key: unique, valid, immediate, of all rows, of columns only
 * @param otherKeys names of the other unique indexes
 * @param checks definitions of the CHECK constraints, as PostgreSQL writes them
 * @param rowSecurity whether policies decide which rows the service sees
 */
public record CatalogueTable(
        TableName name,
        Kind kind,
        List<CatalogueColumn> columns,
        List<List<String>> keys,
        List<String> otherKeys,
        List<String> checks,
        boolean rowSecurity) {
    /** What a name of the catalogue stands for. */
    public enum Kind {
        TABLE,
        VIEW,
        FOREIGN_TABLE
    }

    /** The column of that name. */
    public Optional<CatalogueColumn> column(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }
}
