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

/** A file that came with the request. */
final class ReceivedFile extends ImportFile {
    private final Received received;
    private final Planner planner;
    private final SourceStore sources;
    private final BlockStore blocks;

    ReceivedFile(
            Received received, Planner planner, SourceStore sources, BlockStore blocks, BooleanSupplier abandoned) {
        super(received.userId(), blocks, abandoned);
        this.received = received;
        this.planner = planner;
        this.sources = sources;
        this.blocks = blocks;
    }

    @Override
    public Sha256 sha256() {
        return received.sha256();
    }

    @Override
    public String fileName() {
        return received.fileName();
    }

    /** Prepares the file by its detected format; a mapping may still add hints later. */
    void prepareAsDetected() {
        prepared(planner.planAsDetected(received));
    }

    @Override
    Planned plan(FormatHint hint) {
        return planner.plan(received, hint);
    }

    @Override
    Iterator<FileRow> rowsAsReceived(Plan plan, Block block) {
        return blocks.rows(received.raw(), plan, block);
    }

    @Override
    Source seal(Planned planned) {
        return sources.seal(received, planned);
    }

    @Override
    StoredBlocks received() {
        return received.raw();
    }
}
