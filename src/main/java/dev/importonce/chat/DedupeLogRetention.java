package dev.importonce.chat;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Keeps what cleaning up took away for 30 days, whatever kind it is of. */
@ApplicationScoped
class DedupeLogRetention implements Sweeper {
    private static final Logger LOG = Logger.getLogger(DedupeLogRetention.class);

    private static final String EXPIRED = """
            delete from dedupe_log
            where id in (
                select id
                from dedupe_log
                where created_at < now() - interval '30 days'
                order by created_at
                limit 10000
                for update skip locked)
            """;

    private final Sql sql;

    DedupeLogRetention(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void sweep() {
        int expired = sql.update(EXPIRED);
        if (expired > 0) LOG.infof("swept %d entries of what cleaning up took away", expired);
    }
}
