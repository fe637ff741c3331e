package dev.importonce.job.undo;

import dev.importonce.job.chunk.ChunkClaim;
import dev.importonce.job.chunk.ChunkStep;
import dev.importonce.job.chunk.ChunkTransaction;
import dev.importonce.job.chunk.EndJob;
import dev.importonce.job.mapping.JobTargets;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUndo;
import dev.importonce.target.merge.Undone;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;

/** Undoes a share of a completed job: rows, counters and checkpoint in one transaction. */
@ApplicationScoped
class UndoStep implements ChunkStep {
    private final MappingReader mappings;
    private final JobTargets targets;
    private final BulkUndo bulk;
    private final EarlierImages earlier;
    private final UndoCheckpoint checkpoint;
    private final ChunkTransaction transaction;

    UndoStep(
            MappingReader mappings,
            JobTargets targets,
            BulkUndo bulk,
            EarlierImages earlier,
            UndoCheckpoint checkpoint,
            ChunkTransaction transaction) {
        this.mappings = mappings;
        this.targets = targets;
        this.bulk = bulk;
        this.earlier = earlier;
        this.checkpoint = checkpoint;
        this.transaction = transaction;
    }

    @Override
    public ChunkClaim.Step step() {
        return ChunkClaim.Step.UNDOING;
    }

    @Override
    public void giveUp(ChunkClaim claim, String problemJson, EndJob job) {
        checkpoint.fail(claim, problemJson);
    }

    @Override
    public Sentence failure(ChunkClaim claim) {
        return Sentence.of("rows-not-undone");
    }

    @Override
    public Sentence remedy() {
        return Sentence.of("undo-again");
    }

    @Override
    public void run(ChunkClaim claim) {
        Target target = targets.of(claim.userId(), claim.jobId(), mappings.stored(claim.mapping()));
        transaction.run(() -> {
            if (target.isShipped()) earlier.move(claim);
            Undone undone = bulk.undo(target, claim.jobId(), claim.userId(), claim.ordinal(), claim.orgId());
            checkpoint.undone(claim, undone);
            return undone;
        });
    }
}
