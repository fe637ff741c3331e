package dev.importonce.webhook;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Optional;

/** Claims events, extends the claims and records attempts. Each statement commits by itself. */
@ApplicationScoped
class Deliveries {
    /** If two workers claim at once, skip locked gives them different events. An event whose lease has expired is due again. */
    static final String CLAIM = """
            with due as materialized (
                select id, due_at
                from webhook_events
                where state = 'pending' and due_at <= now()
                order by due_at
                limit 1
                for update skip locked
            )
            update webhook_events e
            set token = e.token + 1, claims = e.claims + 1, due_at = now() + ?::interval
            from due
            where e.id = due.id
            returning e.id, e.type, e.subject_id, e.created_at, e.body, e.token, e.attempts, e.claims,
                (extract(epoch from now() - due.due_at) * 1000)::bigint as waited_millis
            """;

    static final String EXTEND = """
            update webhook_events set due_at = now() + ?::interval where id = ? and token = ? and state = 'pending'
            """;

    /** Only if this worker still holds the claim. A claim of somebody else that ran out is no attempt of this one. */
    static final String DELIVERED = """
            update webhook_events
            set state = 'delivered', due_at = null, attempts = attempts + 1, claims = 0, last_status = ?, last_error = null,
                delivered_at = now(), ended_at = now()
            where id = ? and token = ? and state = 'pending'
            """;

    static final String RETRY = """
            update webhook_events
            set due_at = now() + ?::interval, attempts = attempts + 1, claims = 0, last_status = ?, last_error = ?
            where id = ? and token = ? and state = 'pending'
            """;

    static final String FAILED = """
            update webhook_events
            set state = 'failed', due_at = null, attempts = attempts + 1, claims = 0, last_status = ?, last_error = ?,
                ended_at = now()
            where id = ? and token = ? and state = 'pending'
            """;

    /** The attempt was not made, or its end was not recorded: it does not count. The claim still does, so that it has an end. */
    static final String LATER = """
            update webhook_events set due_at = now() + ?::interval where id = ? and token = ? and state = 'pending'
            """;

    /** The new token: if the attempt still ends in this process, it can record nothing. */
    static final String RELEASE = """
            update webhook_events
            set due_at = now(), token = token + 1, claims = claims - 1
            where id = ? and token = ? and state = 'pending'
            """;

    private static final String DUE =
            "select count(*) as due from webhook_events where state = 'pending' and due_at <= now()";

    private final Sql sql;
    private final String lease;
    private final Event<Counted> counted;

    Deliveries(Sql sql, QueueConfig queue, Event<Counted> counted) {
        this.sql = sql;
        this.lease = queue.lease().toString();
        this.counted = counted;
    }

    Optional<Delivery> claim() {
        return sql.first(CLAIM, Delivery::of, lease);
    }

    void extend(Delivery delivery) {
        sql.update(EXTEND, lease, delivery.id(), delivery.token());
    }

    /** @return whether this worker still held the claim, as of all that follow */
    boolean delivered(Delivery delivery, int status) {
        return count("delivered", sql.update(DELIVERED, status, delivery.id(), delivery.token()));
    }

    boolean retry(Delivery delivery, Duration delay, Answer answer) {
        return count(
                "retried",
                sql.update(RETRY, delay.toString(), answer.status(), answer.error(), delivery.id(), delivery.token()));
    }

    boolean failed(Delivery delivery, Answer answer) {
        return count("failed", sql.update(FAILED, answer.status(), answer.error(), delivery.id(), delivery.token()));
    }

    void later(Delivery delivery, Duration delay) {
        sql.update(LATER, delay.toString(), delivery.id(), delivery.token());
    }

    void release(Delivery delivery) {
        sql.update(RELEASE, delivery.id(), delivery.token());
    }

    long due() {
        return sql.one(DUE, row -> row.bigint("due"));
    }

    private boolean count(String outcome, int rows) {
        counted.fire(new Counted("importonce.webhooks", outcome, rows));
        return rows == 1;
    }
}
