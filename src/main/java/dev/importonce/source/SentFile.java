package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.format.FormatHint;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** A file that was sent before, and is a source already. */
final class SentFile extends ImportFile {
    private final Source source;
    private final Planner planner;
    private final SourceStore sources;
    private final BlockStore blocks;

    SentFile(Source source, Planner planner, SourceStore sources, BlockStore blocks, BooleanSupplier abandoned) {
        super(source.userId(), blocks, abandoned);
        this.source = source;
        this.planner = planner;
        this.sources = sources;
        this.blocks = blocks;
    }

    @Override
    public Sha256 sha256() {
        return source.sha256();
    }

    @Override
    public String fileName() {
        return source.fileName();
    }

    @Override
    Planned plan(FormatHint hint) {
        return planner.plan(source, hint);
    }

    @Override
    Iterator<FileRow> rowsAsReceived(Plan plan, Block block) {
        return blocks.rows(
                source.userId(), source.uploadId(), plan.format(), plan.header().size(), block);
    }

    /** Marks the source as used again; the sweep may have removed its bytes since the look-up. */
    @Override
    Source seal(Planned planned) {
        return sources.keep(sources.use(source.userId(), source.id()), planned);
    }

    @Override
    StoredBlocks received() {
        return null;
    }
}
