package dev.importonce.job.chunk;

import dev.importonce.source.format.Notice;
import dev.importonce.target.type.CellCount;
import java.util.List;

/** Converts findings of mapping rows to notices, which are otherwise found when a file is read. */
public final class Notices {
    private Notices() {}

    /** The counts as notices. */
    public static List<Notice> of(List<CellCount> counts) {
        return counts.stream()
                .map(count -> Notice.of(count.detail(), count.column(), count.count()))
                .toList();
    }
}
