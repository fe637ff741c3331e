package dev.importonce.webhook;

import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.WorkReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;

/**
 * Keeps events until they are delivered. An event is written in the transaction that makes it true: if that transaction
 * rolls back, nothing happened and nothing is told.
 */
@ApplicationScoped
public class Outbox {
    /** The transaction has made sure that the event happens once; if it has not, the index does. */
    static final String WRITE = """
            insert into webhook_events (id, type, subject_id, occurrence, body)
            values (?, ?, ?, ?, ?)
            on conflict (type, subject_id, occurrence) do nothing
            """;

    private final Sql sql;
    private final Receiver receiver;
    private final Bodies bodies;
    private final Clock clock;
    private final Event<WorkReady> ready;

    Outbox(Sql sql, Receiver receiver, Bodies bodies, Clock clock, Event<WorkReady> ready) {
        this.sql = sql;
        this.receiver = receiver;
        this.bodies = bodies;
        this.clock = clock;
        this.ready = ready;
    }

    /** Whether there is a receiver; without one nothing is to be written. */
    public boolean wanted() {
        return receiver.configured();
    }

    /** Writes an event, in the current transaction. */
    public void write(WebhookEvent event) {
        if (!wanted()) return;
        int written = sql.update(
                WRITE,
                Ids.next(),
                event.type().word(),
                event.subjectId(),
                event.occurrence(),
                bodies.of(event, clock.instant()));
        if (written > 0) ready.fire(new WorkReady(true));
    }
}
