package dev.importonce.target.declare;

import java.util.List;

/**
 * The rows of another table that a column refers to.
 *
 * @param table the other table
 * @param matches its columns whose values the cells have, at least one
 * @param id its column to which the own column refers
 * @param owner its column of owners; null: its rows belong to nobody
 */
public record Link(CatalogueTable table, List<CatalogueColumn> matches, CatalogueColumn id, Owned owner) {
    /**
     * A column of owners.
     *
     * @param kind whom its values name
     * @param column the column
     */
    public record Owned(Owner.Kind kind, CatalogueColumn column) {}
}
