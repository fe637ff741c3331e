package dev.importonce.send;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Shortens leases of messages, and reservations of a rate limit, that are far in the future because the database's clock was
 * set back. A message that is scheduled for a later time keeps that time.
 */
@ApplicationScoped
class MessageLeasesAhead implements Sweeper {
    private static final Logger LOG = Logger.getLogger(MessageLeasesAhead.class);

    /**
     * Normally no lease ends so far in the future, even for a process whose lease is ten times as long as the one here; a
     * live worker extends its lease again.
     */
    private static final String SHORTEN = """
            update send_queue
            set due_at = now() + ?::interval
            where (org_id, id) in (
                select org_id, id
                from send_queue
                where turn is not null and status = 'processing' and due_at > now() + 10 * greatest(?::interval, interval '1 minute')
                order by turn
                limit 1000
                for update skip locked)
            """;

    private static final String FREE_RATES = """
            update send_rates
            set free_at = now() + ?::interval
            where (org_id, channel) in (
                select org_id, channel from send_rates where free_at > now() + 10 * ?::interval for update skip locked)
            """;

    private final Sql sql;
    private final SendConfig config;
    private final String lease;

    MessageLeasesAhead(Sql sql, SendConfig config, QueueConfig queue) {
        this.sql = sql;
        this.config = config;
        this.lease = queue.lease().toString();
    }

    @Override
    public String name() {
        return "message-leases-ahead";
    }

    @Override
    public void sweep() {
        int shortened = sql.update(SHORTEN, lease, lease);
        if (shortened > 0)
            LOG.warnf("%d messages were claimed far ahead: has the database's clock been set back?", shortened);
        config.rate()
                .ifPresent(rate -> sql.update(
                        FREE_RATES, rate.window().toString(), rate.window().toString()));
    }
}
