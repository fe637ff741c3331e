package dev.importonce.target.merge;

import java.util.List;

/**
 * The result of a comparison: what a merge would do.
 *
 * @param keys natural keys that were staged
 * @param inserted those that would be new
 * @param updated those that would change what is stored
 * @param staged rows that were staged
 * @param refused rows that the table would refuse, in file order
 */
public record Comparison(long staged, long keys, long inserted, long updated, List<RefusedRow> refused) {
    /** Natural keys that are stored already and would not change. */
    public long unchanged() {
        return keys - inserted - updated - refused.size();
    }

    /** What a merge has done that is rolled back. */
    static Comparison of(Merged merged) {
        long keys = merged.inserted()
                + merged.updated()
                + merged.unchanged()
                + merged.skipped()
                + merged.refused().size();
        return new Comparison(keys + merged.overridden(), keys, merged.inserted(), merged.updated(), merged.refused());
    }
}
