package dev.importonce.source.format;

/**
 * Where the header of a table is.
 *
 * @param row number of the header row, from 1 on; null: the first row that is not empty
 * @param exists false: there is no header
 */
public record HeaderPlace(Integer row, boolean exists) {
    public static final HeaderPlace FIRST = new HeaderPlace(null, true);

    /** The first row, named by the sender, so that the header is not searched; blank rows are not the header. */
    public static final HeaderPlace FIRST_AS_SAID = new HeaderPlace(1, true);

    public static final HeaderPlace NOWHERE = new HeaderPlace(null, false);
}
