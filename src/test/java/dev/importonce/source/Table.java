package dev.importonce.source;

import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.Reading;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.xlsx.SpillTest;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A file read as a whole and in memory, as detected.
 *
 * @param rows cells of each data row
 */
public record Table(Plan plan, List<FileRow> rows) {
    private static final int MOST_BYTES = 1 << 26;

    /** Reads files of up to four megabytes. */
    public static Table of(byte[] file, FormatHint hint, int blockRows) {
        List<FileRow> rows = new ArrayList<>();
        return new Table(read(file, hint, blockRows, rows::add), rows);
    }

    /** Reads one without keeping it. */
    static Plan read(byte[] file, FormatHint hint, int blockRows, Consumer<FileRow> each) {
        Sample sample = new Sample(Arrays.copyOf(file, Math.min(file.length, Sample.BYTES)));
        Format format = sample.format(hint);
        Renderer renderer = new Renderer(null, config(blockRows), SpillTest.spills(1L << 30));
        Planned planned =
                renderer.read(new UUID(0, 1), () -> reading(file, format), format, format, sample.markLength());
        for (Block block : planned.plan().readable()) rows(file, planned, block).forEachRemaining(each);
        return planned.plan();
    }

    private static Reading reading(byte[] file, Format format) {
        boolean packed = format.isGzip() || format.type().equals(Format.XLSX);
        return new Reading(
                () -> new ByteArrayInputStream(file), file.length, packed, MOST_BYTES, System::nanoTime, () -> false);
    }

    private static java.util.Iterator<FileRow> rows(byte[] file, Planned planned, Block block) {
        Plan plan = planned.plan();
        if (planned.rendition() != null) return new BlockStore(null).rows(planned.rendition(), plan, block);
        byte[] bytes = Arrays.copyOfRange(file, (int) block.recordsOffset(), (int) block.end());
        return FileRow.read(plan.format(), plan.header().size(), block, bytes);
    }

    public static SourceConfig config(int blockRows) {
        return new SourceConfig() {
            @Override
            public MemorySize maxFileBytes() {
                return new MemorySize(BigInteger.valueOf(MOST_BYTES));
            }

            @Override
            public int chunkRows() {
                return blockRows;
            }
        };
    }
}
