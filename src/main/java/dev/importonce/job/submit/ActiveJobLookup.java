package dev.importonce.job.submit;

import dev.importonce.key.BaseKey;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Answers every click except the first with one statement in its own transaction, without preparing the file. Callers wait
 * for the lock on the job's row one after another: no caller holds it during a network round trip, and the commit does not
 * wait for the disk. A crash may lose the count of a repeated click, never the job. If the lookup finds no row, this proves
 * nothing: the insert decides.
 */
@ApplicationScoped
class ActiveJobLookup {
    private static final Logger LOG = Logger.getLogger(ActiveJobLookup.class);

    private static final String ABSORB = """
            update migration_jobs set duplicate_requests = duplicate_requests + 1, updated_at = now()
            from (select set_config('synchronous_commit', 'off', true)) as lazily
            where user_id = ? and base_idempotency_key = ? and status not in ('cancelled', 'completed', 'failed')
            returning id, status
            """;

    private static final String SEEN_BEFORE = """
            update migration_jobs j set duplicate_requests = j.duplicate_requests + 1
            from idempotency_keys k, (select set_config('synchronous_commit', 'off', true)) as lazily
            where k.user_id = ? and k.key = ? and k.base_idempotency_key = ? and k.created_at > now() - interval '30 days'
                and j.id = k.job_id and j.user_id = k.user_id
            returning j.id, j.status
            """;

    private final Sql sql;
    private final Event<Counted> counted;

    ActiveJobLookup(Sql sql, Event<Counted> counted) {
        this.sql = sql;
        this.counted = counted;
    }

    /** Counts a request as a duplicate of the active job that already does it, if there is one. */
    @Transactional(Transactional.TxType.NEVER)
    Optional<Submitted> absorb(UUID userId, BaseKey base) {
        Optional<Submitted> active = sql.first(
                ABSORB, row -> new Submitted.AlreadyActive(Submitted.Ref.of(row, base)), userId, base.value());
        active.ifPresent(job -> {
            LOG.debugf("already active, duplicate request absorbed: %s", job);
            counted.fire(new Counted("importonce.requests", "absorbed", 1));
        });
        return active;
    }

    /** Counts a request as a duplicate of the job of its Idempotency-Key, if there is one for the same mapping and file. */
    @Transactional(Transactional.TxType.NEVER)
    Optional<Submitted> seenBefore(UUID userId, String clientKey, BaseKey base) {
        return sql.first(
                SEEN_BEFORE,
                row -> new Submitted.SeenBefore(Submitted.Ref.of(row, base)),
                userId,
                clientKey,
                base.value());
    }
}
