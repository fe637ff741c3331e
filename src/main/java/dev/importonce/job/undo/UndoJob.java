package dev.importonce.job.undo;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.WorkReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Requests the undo of a completed job: creates a chunk for each share of its natural keys. */
@ApplicationScoped
public class UndoJob {
    private static final Logger LOG = Logger.getLogger(UndoJob.class);

    /**
     * If two callers request the undo at once, the second one waits for the lock on the row and then finds that the undo is
     * requested already. The same lock decides the race with {@link BeforeImages}, which deletes the before-images. The
     * undo's turn is after the organisation's running jobs.
     */
    private static final String ASK = """
            update migration_jobs j
            set undo_requested_at = now(), undo_error = null, updated_at = now(), turn = greatest(now(), (
                    select max(turn) + interval '1 second'
                    from migration_jobs
                    where org_id = j.org_id and status not in ('cancelled', 'completed', 'failed')), (
                    select max(turn) + interval '1 second'
                    from migration_jobs
                    where org_id = j.org_id and undo_requested_at is not null and undone_at is null and undo_error is null))
            where j.id = ? and j.user_id = ? and j.source_id is not null and j.status = 'completed' and j.before_images
              and j.finished_at > now() - interval '30 days'
              and j.undone_at is null and (j.undo_requested_at is null or j.undo_error is not null)
            """;

    /**
     * If the undo is requested again after a failure, shares that are undone stay undone, and the others begin again under
     * new tokens.
     */
    private static final String CUT = """
            insert into import_chunks as c (job_id, user_id, step, ordinal, status, due_at, turn)
            select j.id, j.user_id, 'undoing', s.ordinal, 'pending', now(), j.turn + s.ordinal * interval '5 seconds'
            from migration_jobs j, generate_series(0, j.shares - 1) as s (ordinal)
            where j.id = ? and j.user_id = ?
            on conflict (job_id, user_id, step, ordinal) do update
            set status = 'pending', due_at = excluded.due_at, turn = excluded.turn, token = c.token + 1, attempts = 0,
                deaths = 0, deaths_alone = 0, last_error = null
            where c.status <> 'done'
            """;

    private final Sql sql;
    private final Event<WorkReady> ready;

    UndoJob(Sql sql, Event<WorkReady> ready) {
        this.sql = sql;
        this.ready = ready;
    }

    /** @return whether this request starts the undo; if not, {@link Undo#refusal} says why */
    @Transactional
    public boolean ask(UUID userId, UUID jobId) {
        if (sql.update(ASK, jobId, userId) == 0) return false;
        sql.update(CUT, jobId, userId);
        ready.fire(new WorkReady(true));
        LOG.infof("job %s is to be undone", jobId);
        return true;
    }
}
