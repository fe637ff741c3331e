package dev.importonce.job.chunk;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Shortens leases that the database's clock has left behind: when it is set back, what was claimed before is not due again for as
 * long as the difference. Nothing is taken from a worker that lives: its next heartbeat extends the claim as ever.
 */
@ApplicationScoped
class ChunkLeasesAhead implements Sweeper {
    private static final Logger LOG = Logger.getLogger(ChunkLeasesAhead.class);

    /** No lease and no wait before another attempt ends so far ahead, also of a process whose lease is ten times as long as ours. */
    private static final String SHORTEN = """
            update import_chunks
            set due_at = case status when 'processing' then now() + ?::interval else now() end
            where (job_id, user_id, step, ordinal) in (
                select job_id, user_id, step, ordinal
                from import_chunks
                where due_at > now() + 10 * greatest(?::interval, interval '1 minute')
                order by turn
                limit 1000
                for update skip locked)
            """;

    private final Sql sql;
    private final String lease;

    ChunkLeasesAhead(Sql sql, QueueConfig config) {
        this.sql = sql;
        this.lease = config.lease().toString();
    }

    @Override
    public String name() {
        return "chunk-leases-ahead";
    }

    @Override
    public void sweep() {
        int shortened = sql.update(SHORTEN, lease, lease);
        if (shortened > 0)
            LOG.warnf("%d chunks were due far ahead: has the database's clock been set back?", shortened);
    }
}
