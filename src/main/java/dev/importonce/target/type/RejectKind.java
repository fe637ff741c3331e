package dev.importonce.target.type;

import java.util.Locale;

/** Why a row is rejected, as operators count it: a few words, where the sender of the file gets a sentence. */
public enum RejectKind {
    /** The record itself cannot be read. */
    UNREADABLE,
    /** The row has more cells than the header. */
    SURPLUS_CELLS,
    /** A value that the target needs is blank. */
    BLANK,
    /** A value is not of its field's type, or the row's values do not fit together. */
    INVALID,
    TOO_LONG,
    /** The target's table refuses the row. */
    REFUSED_BY_TABLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
