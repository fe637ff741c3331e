package dev.importonce.job;

import dev.importonce.key.BaseKey;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The short way for every click but the first: one statement, no source. */
@ApplicationScoped
class Duplicates {
    private static final Logger LOG = Logger.getLogger(Duplicates.class);

    /**
     * Callers queue for the job's row, so the commit does not wait for the disk: a crash may forget that somebody
     * clicked once more, never the job. Finding no row proves nothing; the insert decides.
     */
    private static final String ABSORB = """
            update migration_jobs set duplicate_requests = duplicate_requests + 1, updated_at = now()
            where user_id = ? and base_idempotency_key = ? and status not in ('cancelled', 'completed', 'failed')
            returning id, status
            """;

    private final Sql sql;
    private final Event<Counted> counted;

    Duplicates(Sql sql, Event<Counted> counted) {
        this.sql = sql;
        this.counted = counted;
    }

    /** Counts a request towards the active job that already does it, if there is one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Submitted.Ref> absorb(UUID userId, BaseKey base) {
        sql.commitLazily();
        Optional<Submitted.Ref> active = sql.first(ABSORB, row -> Submitted.Ref.of(row, base), userId, base.value());
        active.ifPresent(job -> {
            LOG.debugf("job %s already active, duplicate request absorbed", job.id());
            counted.fire(new Counted("importonce.requests", "absorbed", 1));
        });
        return active;
    }
}
