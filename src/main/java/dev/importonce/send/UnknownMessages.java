package dev.importonce.send;

import dev.importonce.json.Json;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import dev.importonce.webhook.EventType;
import dev.importonce.webhook.Outbox;
import dev.importonce.webhook.WebhookEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells the webhook of messages that become unknown, in the transaction that does so. Only when there is such a message and
 * a receiver is that more than the one statement.
 */
@ApplicationScoped
class UnknownMessages {
    /** So that a worker that is frozen between the two statements does not hold the rows for long. */
    private static final String LIMIT = "select set_config('idle_in_transaction_session_timeout', ?, true)";

    private final Sql sql;
    private final String idleMillis;
    private final Outbox outbox;
    private final SendItems items;
    private final Json json;

    UnknownMessages(Sql sql, QueueConfig queue, Outbox outbox, SendItems items, Json json) {
        this.sql = sql;
        this.idleMillis = String.valueOf(queue.lease().toMillis() / 2);
        this.outbox = outbox;
        this.items = items;
        this.json = json;
    }

    /**
     * Runs the statement that writes these outcomes.
     *
     * @param rows the outcomes, in the order of the messages
     * @return number of claims that this worker still held
     */
    long told(List<Message> messages, List<Outcome.Row> rows, Supplier<Settled> settle) {
        boolean tell =
                outbox.wanted() && rows.stream().anyMatch(row -> row.status().equals("unknown"));
        if (!tell) return settle.get().count();
        return QuarkusTransaction.joiningExisting().call(() -> {
            sql.one(LIMIT, row -> row, idleMillis);
            Settled settled = settle.get();
            for (Message message : messages)
                if (settled.unknown().contains(message.id().toString())) tell(message);
            return settled.count();
        });
    }

    /** A message that is sent again can become unknown again: each time has a token of its own. */
    private void tell(Message message) {
        String item =
                json.write(items.ofOrganisation(message.orgId(), message.id()).orElseThrow());
        outbox.write(new WebhookEvent(EventType.MESSAGE_UNKNOWN, message.id(), message.token(), item, () -> item));
    }

    /**
     * What the statement wrote.
     *
     * @param count number of claims that this worker still held
     * @param unknown ids of those that are unknown now
     */
    record Settled(long count, List<String> unknown) {}
}
