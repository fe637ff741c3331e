package dev.importonce.job.chunk;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Shortens leases that are far in the future because the database's clock was set back: without this, chunks that were
 * claimed before would not be due again until the clock has caught up. A live worker loses nothing: its next heartbeat
 * extends the claim as usual.
 */
@ApplicationScoped
class ChunkLeasesAhead implements Sweeper {
    private static final Logger LOG = Logger.getLogger(ChunkLeasesAhead.class);

    /**
     * Normally no lease and no retry delay ends so far in the future, even for a process whose lease is ten times as long as
     * the one here.
     */
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
