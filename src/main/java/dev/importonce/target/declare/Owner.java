package dev.importonce.target.declare;

/**
 * Whom a target's rows belong to. The service fills the column; no file can.
 *
 * @param kind what is in the column
 * @param column its name
 */
public record Owner(Kind kind, String column) {
    /** What a row belongs to. */
    public enum Kind {
        ORGANISATION,
        USER
    }
}
