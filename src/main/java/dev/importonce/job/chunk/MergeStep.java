package dev.importonce.job.chunk;

import dev.importonce.job.mapping.Columns;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.job.mapping.JobTargets;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.MergeRules;
import dev.importonce.target.merge.Merged;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Merges a share of the natural keys: one upsert or one insert of new rows, the counters and the checkpoint, in one
 * transaction.
 */
@ApplicationScoped
class MergeStep implements ChunkStep {
    /**
     * Returns a row as soon as a share with keys is merged. Keys are divided by their hash, so that one share is
     * representative of the others.
     */
    private static final String SO_FAR = """
            select bool_and(updated + unchanged + skipped = 0) as only_new
            from import_chunks
            where job_id = ? and user_id = ? and step = 'merging' and status = 'done'
            having sum(inserted + updated + unchanged + skipped) > 0
            """;

    private final Sql sql;
    private final JobColumns columns;
    private final MappingReader mappings;
    private final JobTargets targets;
    private final KeepRefused refusals;
    private final OlderStaging older;
    private final BulkUpsert upsert;
    private final Checkpoint checkpoint;
    private final ChunkTransaction transaction;

    MergeStep(
            Sql sql,
            JobColumns columns,
            MappingReader mappings,
            JobTargets targets,
            KeepRefused refusals,
            OlderStaging older,
            BulkUpsert upsert,
            Checkpoint checkpoint,
            ChunkTransaction transaction) {
        this.columns = columns;
        this.sql = sql;
        this.mappings = mappings;
        this.targets = targets;
        this.refusals = refusals;
        this.older = older;
        this.upsert = upsert;
        this.checkpoint = checkpoint;
        this.transaction = transaction;
    }

    @Override
    public ChunkClaim.Step step() {
        return ChunkClaim.Step.MERGING;
    }

    @Override
    public Sentence failure(ChunkClaim claim) {
        return Sentence.of("rows-not-written");
    }

    @Override
    public void run(ChunkClaim claim) {
        Mapping mapping = mappings.stored(claim.mapping());
        Target target = targets.of(claim.userId(), claim.jobId(), mapping);
        MergeRules rules = Columns.rules(
                mapping, target, () -> Columns.layout(mapping, columns.of(claim.userId(), claim.jobId())));
        try {
            transaction.run(() -> {
                older.adopt(claim, target);
                Merged merged = merge(claim, mapping, target, rules);
                if (merged.blocks() != claim.blocks()) throw new StagingLost();
                checkpoint.merged(claim, target, merged);
                refusals.keep(claim, target, mapping, merged.refused());
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
                : upsert.merge(
                        target,
                        claim.jobId(),
                        claim.userId(),
                        claim.ordinal(),
                        claim.orgId(),
                        rules,
                        expectsNew(claim, target));
    }

    /** Guesses whether all keys are new. A wrong guess costs the time of one share, so that only the first attempt guesses. */
    private Optional<Boolean> expectsNew(ChunkClaim claim, Target target) {
        return target.mayBeNew() && claim.attempts() == 1
                ? sql.first(SO_FAR, row -> row.bool("only_new"), claim.jobId(), claim.userId())
                : Optional.of(false);
    }
}
