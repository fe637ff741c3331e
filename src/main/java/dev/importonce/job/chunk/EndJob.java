package dev.importonce.job.chunk;

import dev.importonce.job.JobEnded;
import dev.importonce.job.JobStatus;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.target.declare.Targets;
import dev.importonce.target.merge.BulkUpsert;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Cancels or fails a job. The new tokens fence off every chunk that workers hold at this moment. */
@ApplicationScoped
public class EndJob {
    private static final Logger LOG = Logger.getLogger(EndJob.class);

    /** A separate statement before the others, so that the next statement's snapshot is taken after the wait for the lock. */
    private static final String LOCK_JOB = """
            select id from migration_jobs where id = ? and user_id = ? for no key update
            """;

    /** Rows that the job merged before its end stay, and cannot be undone: a sweeper removes its before-images. */
    private static final String END = """
            update migration_jobs j
            set status = ?, error = ?::jsonb, finished_at = now(), updated_at = now(),
                before_images = j.source_id is not null and coalesce(j.mapping -> 'undoable' = 'true', false)
            where j.id = ? and j.user_id = ? and j.status in ('pending', 'processing')
              and (?::text is null or exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.step = ? and c.ordinal = ? and c.token = ?
                    and c.status = 'processing'))
            returning j.target, j.org_id
            """;

    private static final String ENDED = """
            select target, org_id from migration_jobs where id = ? and user_id = ? and finished_at is not null
            """;

    private static final String STOP_CHUNKS = """
            update import_chunks set status = 'cancelled', due_at = null, token = token + 1
            where job_id = ? and user_id = ? and status <> 'done'
            """;

    /** Runs after the chunks were stopped, so that none of them can add to the counters any more. */
    private static final String KEEP_FIGURES = """
            update migration_jobs j
            set read_rows = c.read_rows, rejected = c.rejected, inserted = c.inserted, updated = c.updated,
                unchanged = c.unchanged, skipped = c.skipped, overridden = c.overridden
            from (
                select sum(read_rows) as read_rows, sum(rejected) as rejected, sum(inserted) as inserted, sum(updated) as updated,
                       sum(unchanged) as unchanged, sum(skipped) as skipped, sum(overridden) as overridden
                from import_chunks
                where job_id = ? and user_id = ?
            ) c
            where j.id = ? and j.user_id = ?
            """;

    private final Sql sql;
    private final BulkUpsert upsert;
    private final Targets targets;
    private final ChunkTransaction transaction;
    private final Event<Counted> counted;
    private final Event<JobEnded> ended;

    EndJob(
            Sql sql,
            BulkUpsert upsert,
            Targets targets,
            ChunkTransaction transaction,
            Event<Counted> counted,
            Event<JobEnded> ended) {
        this.transaction = transaction;
        this.counted = counted;
        this.ended = ended;
        this.sql = sql;
        this.upsert = upsert;
        this.targets = targets;
    }

    /** @return whether the job was active */
    public boolean cancel(UUID userId, UUID jobId) {
        return transaction.run(() -> end(userId, jobId, JobStatus.CANCELLED, null, null));
    }

    /** Fails a job because a chunk failed too often, if this worker still holds the chunk. */
    boolean fail(ChunkClaim claim, String errorJson) {
        return transaction.run(() -> end(claim.userId(), claim.jobId(), JobStatus.FAILED, errorJson, claim));
    }

    /**
     * Deletes staging rows that {@link #cancel} or {@link #fail} skipped, because a merge that had lost its claim still held
     * them.
     */
    void discardLeftovers(UUID userId, UUID jobId) {
        sql.first(ENDED, Ended::of, jobId, userId).ifPresent(job -> discard(job, jobId, userId));
    }

    /**
     * What is no part of the service has been declared, or was written by a browser or another version; the last two have no
     * staging rows here.
     */
    private void discard(Ended job, UUID jobId, UUID userId) {
        targets.builtIn(job.target())
                .ifPresentOrElse(
                        known -> upsert.discard(known, jobId, userId, job.orgId()),
                        () -> upsert.discardDeclared(jobId, userId, job.orgId()));
    }

    private boolean end(UUID userId, UUID jobId, JobStatus status, String error, ChunkClaim claim) {
        sql.first(LOCK_JOB, row -> row, jobId, userId);
        Optional<Ended> job = sql.first(
                END,
                Ended::of,
                status.word(),
                error,
                jobId,
                userId,
                claim == null ? null : claim.step().word(),
                claim == null ? null : claim.step().word(),
                claim == null ? 0 : claim.ordinal(),
                claim == null ? 0L : claim.token());
        if (job.isEmpty()) return false;
        sql.update(STOP_CHUNKS, jobId, userId);
        sql.update(KEEP_FIGURES, jobId, userId, jobId, userId);
        discard(job.get(), jobId, userId);
        counted.fire(new Counted("importonce.jobs", status.word(), 1));
        ended.fire(new JobEnded(jobId, userId));
        LOG.infof("job %s %s", jobId, status.word());
        return true;
    }

    /** @param orgId null: a job that a browser or an older version has written */
    private record Ended(String target, UUID orgId) {
        static Ended of(Row row) {
            return new Ended(row.text("target"), row.uuid("org_id"));
        }
    }
}
