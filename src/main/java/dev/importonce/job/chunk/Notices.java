package dev.importonce.job.chunk;

import dev.importonce.load.CellCount;
import dev.importonce.source.format.Notice;
import java.util.List;

/** Puts what shows only when rows are mapped beside what shows when a file is read. */
public final class Notices {
    private Notices() {}

    /** The same as notices. */
    public static List<Notice> of(List<CellCount> counts) {
        return counts.stream()
                .map(count -> Notice.of(count.code(), count.column(), count.count(), count.detail()))
                .toList();
    }
}
