package dev.importonce.job.chunk;

import dev.importonce.job.mapping.Kept;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.Format;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.Evidence;
import dev.importonce.target.merge.Layout;
import jakarta.enterprise.context.ApplicationScoped;

/** How ambiguous cells of a job's file are read: in all its blocks as its first one says. */
@ApplicationScoped
class JobEvidence {
    private final BlockStore blocks;
    private final Kept<Evidence> kept = new Kept<>();

    JobEvidence(BlockStore blocks) {
        this.blocks = blocks;
    }

    Evidence of(ChunkClaim claim, Format format, Target target, Layout layout) {
        if (!Evidence.isSought(target, layout)) return Evidence.NONE;
        return kept.of(claim.jobId(), () -> {
            Block first = blocks.first(claim.userId(), claim.uploadId()).orElseGet(claim::block);
            return Evidence.of(
                    target,
                    layout,
                    claim.userId(),
                    FileRow.readable(blocks.rows(
                            claim.userId(),
                            claim.uploadId(),
                            format,
                            layout.columns().size(),
                            first)));
        });
    }
}
