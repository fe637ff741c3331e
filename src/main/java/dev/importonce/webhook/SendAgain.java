package dev.importonce.webhook;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.WorkReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Has an event delivered once more whose delivery has ended. */
@ApplicationScoped
class SendAgain {
    private static final Logger LOG = Logger.getLogger(SendAgain.class);

    /** If two operators do so at once, the second one finds it pending. A worker that still holds an old claim records nothing. */
    static final String RESEND = """
            update webhook_events
            set state = 'pending', due_at = now(), token = token + 1, claims = 0, attempts = 0, delivered_at = null,
                ended_at = null
            where id = ? and state <> 'pending'
            """;

    private final Sql sql;
    private final Receiver receiver;
    private final Event<WorkReady> ready;

    SendAgain(Sql sql, Receiver receiver, Event<WorkReady> ready) {
        this.sql = sql;
        this.receiver = receiver;
        this.ready = ready;
    }

    boolean configured() {
        return receiver.configured();
    }

    /** @return whether its delivery had ended */
    @Transactional
    boolean send(UUID id) {
        boolean ended = sql.update(RESEND, id) == 1;
        if (ended) {
            ready.fire(new WorkReady(true));
            LOG.infof("webhook %s is sent again", id);
        }
        return ended;
    }
}
