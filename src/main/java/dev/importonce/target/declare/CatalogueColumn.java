package dev.importonce.target.declare;

import java.util.List;

/**
 * What the catalogue says about a column.
 *
 * @param name its name
 * @param written how statements name it and its parts
 * @param type the name of its type, of a domain that of its base
 * @param length most characters, of char and varchar; 0: no limit
 * @param scale decimals, of numeric with a scale; -1: none is said
 * @param labels the values of an enum
 * @param filling who may leave it out
 * @param privileges what the service's role may do with it
 */
public record CatalogueColumn(
        String name,
        Written written,
        String type,
        int length,
        int scale,
        List<String> labels,
        Filling filling,
        Privileges privileges) {
    /**
     * A column's parts as they are in statements, quoted by PostgreSQL.
     *
     * @param name its name
     * @param type its type, of a domain that of its base, without length and scale
     * @param collation its collation; null: the database's, or none
     * @param byDefault its default expression; null: none
     */
    public record Written(String name, String type, String collation, String byDefault) {}

    /** Where a value comes from if a row has none. */
    public enum Filling {
        /** Nowhere: each row must have one. */
        REQUIRED,
        /** It is null. */
        NULL,
        /** The column has a default. */
        DEFAULT,
        /** The column is an identity: rows should not have values of their own. */
        IDENTITY,
        /** The column is generated: no row can have a value of its own. */
        GENERATED
    }

    /** What a role may do with a column. */
    public record Privileges(boolean select, boolean insert, boolean update) {}
}
