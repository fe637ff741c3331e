package dev.importonce.target.merge;

import dev.importonce.postgres.Refusal;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Adds up what becomes of a share's rows. Not thread-safe. */
final class Tally {
    private final Reasons reasons;
    private final boolean skip;
    private final List<RefusedRow> refused = new ArrayList<>();
    private long inserted;
    private long updated;

    Tally(Reasons reasons, boolean skip) {
        this.reasons = reasons;
        this.skip = skip;
    }

    /** Adds rows that were merged together. */
    Tally add(Written written) {
        inserted += written.inserted();
        updated += written.updated();
        for (String each : written.refused()) {
            String[] parts = each.split(" ");
            refuse(new RefusedRow(
                    Integer.parseInt(parts[0]),
                    Long.parseLong(parts[1]),
                    reasons.ofLink(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]))));
        }
        return this;
    }

    /** Adds a row that the table refuses. */
    void refuse(RefusedRow row) {
        refused.add(row);
        if (refused.size() > TooManyRefused.MOST) throw new TooManyRefused(refused.get(0));
    }

    Sentence reason(Refusal refusal) {
        return reasons.of(refusal);
    }

    /** The result of the share, whose rows were taken out of staging as {@code share} says. */
    Merged merged(Written share) {
        refused.sort(Comparator.comparing(RefusedRow::row));
        long others = share.keys() - inserted - updated - refused.size();
        return new Merged(
                share.blocks(),
                inserted,
                updated,
                skip ? 0 : others,
                skip ? others : 0,
                share.staged() - share.keys(),
                List.copyOf(refused));
    }
}
