package dev.importonce.source;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A file read as a whole and in memory, as detected.
 *
 * @param rows cells of each data row
 */
record Table(Plan plan, List<FileRow> rows) {
    /** Reads files of up to four megabytes. */
    static Table of(byte[] file, FormatHint hint, int blockRows) {
        Sample sample = new Sample(Arrays.copyOf(file, Math.min(file.length, Sample.BYTES)));
        Format format = sample.format(hint);
        Renderer renderer = new Renderer(null, config(blockRows));
        Planned planned = format.isDirect()
                ? new Planned(
                        format, renderer.plan(() -> new ByteArrayInputStream(file), format, sample.markLength()), null)
                : renderer.render(new UUID(0, 1), () -> new ByteArrayInputStream(file), format);
        List<FileRow> rows = new ArrayList<>();
        for (Block block : planned.plan().readable()) rows(file, planned, block).forEachRemaining(rows::add);
        return new Table(planned.plan(), rows);
    }

    private static java.util.Iterator<FileRow> rows(byte[] file, Planned planned, Block block) {
        Plan plan = planned.plan();
        if (planned.rendition() != null) return new BlockStore(null).rows(planned.rendition(), plan, block);
        byte[] bytes = Arrays.copyOfRange(file, (int) block.recordsOffset(), (int) block.end());
        return FileRow.read(plan.format(), plan.header().size(), block, bytes);
    }

    private static SourceConfig config(int blockRows) {
        return new SourceConfig() {
            @Override
            public MemorySize maxFileBytes() {
                return new MemorySize(BigInteger.valueOf(1 << 26));
            }

            @Override
            public int chunkRows() {
                return blockRows;
            }
        };
    }
}
