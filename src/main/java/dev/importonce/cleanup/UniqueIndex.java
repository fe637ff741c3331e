package dev.importonce.cleanup;

/**
 * A unique index that can be built while other work runs.
 *
 * @param create whole statement: {@code create unique index concurrently if not exists …}
 */
public record UniqueIndex(String table, String name, String create) {}
