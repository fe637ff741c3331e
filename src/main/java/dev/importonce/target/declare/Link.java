package dev.importonce.target.declare;

/**
 * The rows of another table that a column refers to.
 *
 * @param table the other table
 * @param match its column whose values the cells have
 * @param id its column to which the own column refers
 * @param owner its column of owners; null: its rows belong to nobody
 */
public record Link(CatalogueTable table, CatalogueColumn match, CatalogueColumn id, Owned owner) {
    /**
     * A column of owners.
     *
     * @param kind whom its values name
     * @param column the column
     */
    public record Owned(Owner.Kind kind, CatalogueColumn column) {}
}
