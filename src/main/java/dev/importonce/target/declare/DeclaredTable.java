package dev.importonce.target.declare;

import java.util.Map;

/**
 * The table of a declaration, as the catalogue has it now.
 *
 * @param table the table
 * @param links by name of the field, the rows to which it refers
 */
public record DeclaredTable(CatalogueTable table, Map<String, Link> links) {}
