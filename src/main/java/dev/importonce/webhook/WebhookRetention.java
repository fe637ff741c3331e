package dev.importonce.webhook;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Removes events 30 days after their delivery has ended, and shortens leases that are far in the future. */
@ApplicationScoped
class WebhookRetention implements Sweeper {
    private static final Logger LOG = Logger.getLogger(WebhookRetention.class);

    private static final String EXPIRED = """
            delete from webhook_events
            where id in (
                select id
                from webhook_events
                where created_at < now() - interval '30 days' and ended_at < now() - interval '30 days'
                order by created_at
                limit 10000
                for update skip locked)
            """;

    /**
     * No lease ends so far in the future, nor is any delay so long: the database's clock was set back. A live worker extends
     * its lease again.
     */
    private static final String SHORTEN = """
            update webhook_events
            set due_at = now() + ?::interval
            where id in (
                select id
                from webhook_events
                where state = 'pending' and due_at > now() + interval '28 hours'
                order by due_at
                limit 1000
                for update skip locked)
            """;

    /**
     * Written by the database, which does not know whether there is a receiver. Another process may have the receiver that this
     * one lacks: it writes the body at once.
     */
    private static final String UNWANTED = """
            delete from webhook_events
            where id in (
                select id
                from webhook_events
                where state = 'pending' and body is null and created_at < now() - interval '30 minutes'
                order by created_at
                limit 10000
                for update skip locked)
            """;

    private final Sql sql;
    private final Receiver receiver;
    private final String lease;

    WebhookRetention(Sql sql, Receiver receiver, QueueConfig queue) {
        this.receiver = receiver;
        this.sql = sql;
        this.lease = queue.lease().toString();
    }

    @Override
    public String name() {
        return "webhook-events";
    }

    @Override
    public void sweep() {
        int removed = sql.update(EXPIRED) + (receiver.configured() ? 0 : sql.update(UNWANTED));
        if (removed > 0) LOG.infof("swept %d webhook events", removed);
        int shortened = sql.update(SHORTEN, lease);
        if (shortened > 0)
            LOG.warnf("%d webhook events were due far ahead: has the database's clock been set back?", shortened);
    }
}
