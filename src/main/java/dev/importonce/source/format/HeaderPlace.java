package dev.importonce.source.format;

/**
 * Where a table has the names of its columns.
 *
 * @param row number of that row, from 1 on; null: the first that has anything
 * @param exists false: nowhere
 */
public record HeaderPlace(Integer row, boolean exists) {
    public static final HeaderPlace FIRST = new HeaderPlace(null, true);

    /** The same where it is not to be looked for: a blank row is not it. */
    public static final HeaderPlace FIRST_AS_SAID = new HeaderPlace(1, true);

    public static final HeaderPlace NOWHERE = new HeaderPlace(null, false);
}
