package dev.importonce.job.undo;

import dev.importonce.job.JobUndone;
import dev.importonce.job.chunk.Checkpoint;
import dev.importonce.job.chunk.ChunkClaim;
import dev.importonce.job.chunk.ChunkTransaction;
import dev.importonce.job.chunk.EndJob;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.queue.LeaseLost;
import dev.importonce.target.merge.Undone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jboss.logging.Logger;

/**
 * The end of an undo's chunk, and of the undo, as {@link Checkpoint} and {@link EndJob} do for an import: under the job's
 * row lock, which a chunk's transaction takes last, and a transaction that ends the undo takes first. The job stays
 * completed throughout.
 */
@ApplicationScoped
public class UndoCheckpoint {
    private static final Logger LOG = Logger.getLogger(UndoCheckpoint.class);

    private static final String LOCK_JOB = """
            select undo_requested_at is not null and undone_at is null and undo_error is null as undoing
            from migration_jobs
            where id = ? and user_id = ?
            for no key update
            """;

    private static final String DONE = """
            update import_chunks
            set status = 'done', due_at = null, last_error = null, undone = ?, kept = ?, kept_first = ?::jsonb
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    private static final String FINISH = """
            update migration_jobs j
            set undone_at = now(), before_images = false, updated_at = now()
            where j.id = ? and j.user_id = ?
              and not exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.step = 'undoing' and c.status <> 'done')
            """;

    /**
     * Only the current claim holder may fail the undo: if this worker has lost the claim, another worker continues the
     * chunk.
     */
    private static final String FAIL = """
            update migration_jobs j
            set undo_error = ?::jsonb, updated_at = now()
            where j.id = ? and j.user_id = ?
              and exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.step = ? and c.ordinal = ? and c.token = ?
                    and c.status = 'processing')
            """;

    /** New tokens, so that chunks that are running at this moment cannot commit any more. */
    private static final String STOP_CHUNKS = """
            update import_chunks set status = 'cancelled', due_at = null, token = token + 1
            where job_id = ? and user_id = ? and step = 'undoing' and status <> 'done'
            """;

    private final Sql sql;
    private final ChunkTransaction transaction;
    private final Event<Counted> counted;
    private final Event<JobUndone> ended;

    UndoCheckpoint(Sql sql, ChunkTransaction transaction, Event<Counted> counted, Event<JobUndone> ended) {
        this.ended = ended;
        this.sql = sql;
        this.transaction = transaction;
        this.counted = counted;
    }

    /** Ends a share's chunk; the last one ends the undo. */
    void undone(ChunkClaim claim, Undone undone) {
        if (!lock(claim)) throw new LeaseLost(claim);
        int done = sql.update(
                DONE,
                undone.undone(),
                undone.kept(),
                undone.keptFirst(),
                claim.jobId(),
                claim.userId(),
                claim.step().word(),
                claim.ordinal(),
                claim.token());
        if (done == 0) throw new LeaseLost(claim);
        counted.fire(new Counted("importonce.rows", "undone", undone.undone()));
        if (sql.update(FINISH, claim.jobId(), claim.userId()) == 0) return;
        counted.fire(new Counted("importonce.jobs", "undone", 1));
        ended.fire(new JobUndone(claim.jobId(), claim.userId()));
        LOG.infof("job %s undone", claim.jobId());
    }

    /**
     * Fails the undo because a chunk failed too often, if this worker still holds the chunk; the undo can be requested
     * again.
     */
    void fail(ChunkClaim claim, String errorJson) {
        transaction.run(() -> {
            if (!lock(claim)) return false;
            int failed = sql.update(
                    FAIL,
                    errorJson,
                    claim.jobId(),
                    claim.userId(),
                    claim.step().word(),
                    claim.ordinal(),
                    claim.token());
            if (failed == 0) return false;
            sql.update(STOP_CHUNKS, claim.jobId(), claim.userId());
            LOG.infof("job %s could not be undone", claim.jobId());
            return true;
        });
    }

    private boolean lock(ChunkClaim claim) {
        return sql.one(LOCK_JOB, row -> row.bool("undoing"), claim.jobId(), claim.userId());
    }
}
