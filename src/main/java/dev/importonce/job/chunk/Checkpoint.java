package dev.importonce.job.chunk;

import dev.importonce.job.JobEnded;
import dev.importonce.job.JobStatus;
import dev.importonce.job.mapping.RememberedMappings;
import dev.importonce.json.Json;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.queue.LeaseLost;
import dev.importonce.queue.WorkReady;
import dev.importonce.source.format.Notice;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.Merged;
import dev.importonce.target.merge.Staging;
import dev.importonce.target.merge.TooManyRefused;
import dev.importonce.target.type.RejectKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The last statements of a chunk's transaction: they write its counters and its end, and begin the next step. They first
 * lock the job's row, so that chunks of a job that finish at the same moment run them one after the other, each seeing the
 * previous ones, and exactly the last one opens the next step or completes the job. All slow work of the chunk is done
 * before.
 */
@ApplicationScoped
public class Checkpoint {
    private static final Logger LOG = Logger.getLogger(Checkpoint.class);

    private static final String LOCK_JOB = """
            select status from migration_jobs where id = ? and user_id = ? for no key update
            """;

    private static final String DONE = """
            update import_chunks
            set status = 'done', due_at = null, last_error = null,
                read_rows = ?, rejected = ?, inserted = ?, updated = ?, unchanged = ?, skipped = ?, overridden = ?
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    /**
     * Runs after the check of the token, in the same transaction, so the claim is still held. A block that is read again has
     * the same notices.
     */
    private static final String KEEP_NOTICES = """
            update import_chunks set notices = ?::jsonb
            where job_id = ? and user_id = ? and step = 'reading' and ordinal = ?
            """;

    /** All chunks that end at this moment wait for the job's row, so that their figures are here. */
    private static final String REFUSED_SO_FAR = """
            select coalesce(sum(rejected), 0) as refused
            from import_chunks
            where job_id = ? and user_id = ? and step = 'merging'
            """;

    private static final String OPEN_MERGING = """
            update migration_jobs j set step = 'merging', updated_at = now()
            where j.id = ? and j.user_id = ? and j.step = 'reading'
              and not exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.step = 'reading' and c.status <> 'done')
            """;

    private static final String OPEN_SHARES = """
            update import_chunks set status = 'pending', due_at = now()
            where job_id = ? and user_id = ? and step = 'merging' and status = 'waiting'
            """;

    private static final String COMPLETE = """
            update migration_jobs j
            set status = 'completed', finished_at = now(), updated_at = now(), read_rows = c.read_rows, rejected = c.rejected,
                inserted = c.inserted, updated = c.updated, unchanged = c.unchanged, skipped = c.skipped, overridden = c.overridden,
                before_images = coalesce(j.mapping -> 'undoable' = 'true', false),
                notices = coalesce(j.notices, '[]') || coalesce((
                    select jsonb_agg(jsonb_build_object('code', n.code, 'column', n.name, 'count', n.count, 'detail', n.detail)
                                     || case when n.parameters is null then '{}' else jsonb_build_object('parameters', n.parameters) end
                                     order by n.code, n.name)
                    from (
                        select e ->> 'code' as code, e ->> 'column' as name, sum((e ->> 'count')::bigint) as count,
                               min(e ->> 'detail') as detail, min(e ->> 'parameters')::jsonb as parameters
                        from import_chunks k, jsonb_array_elements(k.notices) e
                        where k.job_id = j.id and k.user_id = j.user_id and k.step = 'reading'
                        group by 1, 2
                    ) n), '[]')
            from (
                select sum(read_rows) as read_rows, sum(rejected) as rejected, sum(inserted) as inserted, sum(updated) as updated,
                       sum(unchanged) as unchanged, sum(skipped) as skipped, sum(overridden) as overridden,
                       bool_and(status = 'done') as done
                from import_chunks
                where job_id = ? and user_id = ?
            ) c
            where j.id = ? and j.user_id = ? and c.done
            """;

    /** Only the current claim holder may conclude that staging was lost; for anybody else, another worker has merged the rows. */
    private static final String STILL_OURS = """
            update import_chunks set last_error = 'its staging rows were gone'
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    /** A database crash has emptied staging: all blocks are read again, and shares that are not merged yet are merged. */
    private static final String READ_AGAIN = """
            update import_chunks
            set status = case step when 'reading' then 'pending' else 'waiting' end,
                due_at = case step when 'reading' then now() end,
                token = token + 1, attempts = 0, deaths = 0, deaths_alone = 0
            where job_id = ? and user_id = ? and (step = 'reading' or status <> 'done')
            """;

    private static final String BACK_TO_READING = """
            update migration_jobs set step = 'reading', updated_at = now() where id = ? and user_id = ?
            """;

    private final Sql sql;
    private final BulkUpsert upsert;
    private final RememberedMappings remembered;
    private final Json json;
    private final Event<WorkReady> ready;
    private final Event<Counted> counted;
    private final Event<JobEnded> ended;

    Checkpoint(
            Sql sql,
            BulkUpsert upsert,
            RememberedMappings remembered,
            Json json,
            Event<WorkReady> ready,
            Event<Counted> counted,
            Event<JobEnded> ended) {
        this.remembered = remembered;
        this.json = json;
        this.counted = counted;
        this.ended = ended;
        this.sql = sql;
        this.upsert = upsert;
        this.ready = ready;
    }

    /** Ends a block's chunk. */
    void read(ChunkClaim claim, Staging staging) {
        long rejected = staging.rejects().size();
        lock(claim);
        done(claim, staging.rows(), rejected, Merged.NOTHING);
        List<Notice> notices = Notices.of(staging.oddCells());
        if (!notices.isEmpty())
            sql.update(KEEP_NOTICES, json.write(notices), claim.jobId(), claim.userId(), claim.ordinal());
        counted.fire(new Counted("importonce.rows", "rejected", rejected));
        staging.rejectKinds().forEach(this::count);
        if (sql.update(OPEN_MERGING, claim.jobId(), claim.userId()) == 0) return;
        sql.update(OPEN_SHARES, claim.jobId(), claim.userId());
        ready.fire(new WorkReady(false));
        LOG.infof("job %s read, merging", claim.jobId());
    }

    /** Ends a share's chunk. */
    void merged(ChunkClaim claim, Target target, Merged merged) {
        lock(claim);
        done(claim, 0, merged.refused().size(), merged);
        count(merged);
        if (!merged.refused().isEmpty() && refusedSoFar(claim) > TooManyRefused.MOST)
            throw new TooManyRefused(merged.refused().get(0));
        if (sql.update(COMPLETE, claim.jobId(), claim.userId(), claim.jobId(), claim.userId()) == 0) return;
        upsert.discard(target, claim.jobId(), claim.userId(), claim.orgId());
        remembered.keep(claim.userId(), claim.jobId(), claim.orgId(), target, claim.mapping());
        counted.fire(new Counted("importonce.jobs", JobStatus.COMPLETED.word(), 1));
        ended.fire(new JobEnded(claim.jobId(), claim.userId()));
        LOG.infof("job %s completed", claim.jobId());
    }

    private long refusedSoFar(ChunkClaim claim) {
        return sql.one(REFUSED_SO_FAR, row -> row.bigint("refused"), claim.jobId(), claim.userId());
    }

    private void count(Merged merged) {
        counted.fire(new Counted("importonce.rows", "rejected", merged.refused().size()));
        if (!merged.refused().isEmpty())
            count(RejectKind.REFUSED_BY_TABLE, merged.refused().size());
        counted.fire(new Counted("importonce.rows", "inserted", merged.inserted()));
        counted.fire(new Counted("importonce.rows", "updated", merged.updated()));
        counted.fire(new Counted("importonce.rows", "unchanged", merged.unchanged()));
        counted.fire(new Counted("importonce.rows", "skipped", merged.skipped()));
        counted.fire(new Counted("importonce.rows", "overridden", merged.overridden()));
    }

    private void count(RejectKind kind, long rejects) {
        counted.fire(new Counted("importonce.rejects", "reason", kind.word(), rejects));
    }

    /** Sends the job back to reading because its staging is gone. */
    void readAgain(ChunkClaim claim, Target target) {
        lock(claim);
        int ours = sql.update(
                STILL_OURS, claim.jobId(), claim.userId(), claim.step().word(), claim.ordinal(), claim.token());
        if (ours == 0) throw new LeaseLost(claim);
        LOG.warnf("job %s lost its staging rows in a database crash, reading again", claim.jobId());
        sql.update(READ_AGAIN, claim.jobId(), claim.userId());
        sql.update(BACK_TO_READING, claim.jobId(), claim.userId());
        upsert.discard(target, claim.jobId(), claim.userId(), claim.orgId());
        ready.fire(new WorkReady(false));
    }

    private void lock(ChunkClaim claim) {
        String status = sql.one(LOCK_JOB, row -> row.text("status"), claim.jobId(), claim.userId());
        if (!status.equals(JobStatus.PROCESSING.word())) throw new LeaseLost(claim);
    }

    private void done(ChunkClaim claim, long read, long rejected, Merged merged) {
        int ended = sql.update(
                DONE,
                read,
                rejected,
                merged.inserted(),
                merged.updated(),
                merged.unchanged(),
                merged.skipped(),
                merged.overridden(),
                claim.jobId(),
                claim.userId(),
                claim.step().word(),
                claim.ordinal(),
                claim.token());
        if (ended == 0) throw new LeaseLost(claim);
    }
}
