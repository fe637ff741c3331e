package dev.importonce.send;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.WorkReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Resolves an unknown message by a person's decision. */
@ApplicationScoped
class ResolveMessage {
    private static final Logger LOG = Logger.getLogger(ResolveMessage.class);

    /** If two people decide at once, the first decision counts, and the second finds no unknown message. */
    private static final String SENT = """
            with resolved as (
                update send_queue
                set status = 'sent', sent_at = coalesce(attempted_at, now()), updated_at = now()
                where id = ? and org_id = ? and status = 'unknown'
                returning *
            )
            insert into sent_messages (org_id, campaign_id, prospect_id, step, item_id, channel, sent_at)
            select org_id, campaign_id, prospect_id, step, id, channel, sent_at from resolved
            on conflict (org_id, campaign_id, prospect_id, step) do update set item_id = excluded.item_id
            """;

    private static final String RESEND = """
            update send_queue
            set status = 'pending', due_at = now(), scheduled_for = now(), turn = now(), attempts = 0, attempted_at = null,
                updated_at = now()
            where id = ? and org_id = ? and status = 'unknown'
            """;

    private final Sql sql;
    private final Event<WorkReady> ready;

    ResolveMessage(Sql sql, Event<WorkReady> ready) {
        this.sql = sql;
        this.ready = ready;
    }

    /** @return whether the message was unknown */
    @Transactional
    boolean wasSent(UUID orgId, UUID id) {
        return log(id, "sent", sql.update(SENT, id, orgId));
    }

    /** @return whether the message was unknown */
    @Transactional
    boolean sendAgain(UUID orgId, UUID id) {
        boolean inDoubt = log(id, "to be sent again", sql.update(RESEND, id, orgId));
        if (inDoubt) ready.fire(new WorkReady(true));
        return inDoubt;
    }

    private static boolean log(UUID id, String outcome, int rows) {
        if (rows == 1) LOG.infof("message %s resolved: %s", id, outcome);
        return rows == 1;
    }
}
