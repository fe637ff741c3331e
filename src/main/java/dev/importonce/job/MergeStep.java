package dev.importonce.job;

import dev.importonce.load.BulkUpsert;
import dev.importonce.load.MergeRules;
import dev.importonce.load.Merged;
import dev.importonce.load.Target;
import jakarta.enterprise.context.ApplicationScoped;

/** Merges a share of the natural keys: one upsert, its figures and its checkpoint in one transaction. */
@ApplicationScoped
class MergeStep {
    private final MappingReader mappings;
    private final BulkUpsert upsert;
    private final Checkpoint checkpoint;
    private final ChunkTransaction transaction;

    MergeStep(MappingReader mappings, BulkUpsert upsert, Checkpoint checkpoint, ChunkTransaction transaction) {
        this.mappings = mappings;
        this.upsert = upsert;
        this.checkpoint = checkpoint;
        this.transaction = transaction;
    }

    void run(ChunkClaim claim) {
        Mapping mapping = mappings.stored(claim.mapping());
        Target target = mappings.target(mapping.target());
        MergeRules rules = Columns.rules(mapping, target, Columns.layout(mapping, claim.header()));
        try {
            transaction.run(() -> {
                Merged merged = merge(claim, mapping, target, rules);
                if (merged.blocks() != claim.blocks()) throw new StagingLost();
                checkpoint.merged(claim, target, merged);
                return merged;
            });
        } catch (StagingLost e) {
            transaction.run(() -> {
                checkpoint.readAgain(claim, target);
                return null;
            });
        }
    }

    private Merged merge(ChunkClaim claim, Mapping mapping, Target target, MergeRules rules) {
        return mapping.undoable()
                ? upsert.mergeUndoably(target, claim.jobId(), claim.userId(), claim.ordinal(), claim.orgId(), rules)
                : upsert.merge(target, claim.jobId(), claim.userId(), claim.ordinal(), claim.orgId(), rules);
    }
}
