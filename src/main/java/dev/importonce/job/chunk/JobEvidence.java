package dev.importonce.job.chunk;

import dev.importonce.job.mapping.Kept;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.Format;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.ColumnEvidence;
import dev.importonce.target.merge.Layout;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.List;

/** How ambiguous cells of a job's file are read: in all its blocks as its first one says. */
@ApplicationScoped
class JobEvidence {
    private final BlockStore blocks;
    private final Kept<ColumnEvidence> kept = new Kept<>();

    JobEvidence(BlockStore blocks) {
        this.blocks = blocks;
    }

    ColumnEvidence of(ChunkClaim claim, Format format, Target target, Layout layout) {
        return kept.of(
                claim.jobId(),
                () -> ColumnEvidence.of(target, layout, claim.userId(), () -> firstRows(claim, format, layout)));
    }

    private Iterator<List<String>> firstRows(ChunkClaim claim, Format format, Layout layout) {
        Block first = blocks.first(claim.userId(), claim.uploadId()).orElseGet(claim::block);
        int columns = layout.columns().size();
        return FileRow.readable(blocks.rows(claim.userId(), claim.uploadId(), format, columns, first));
    }
}
