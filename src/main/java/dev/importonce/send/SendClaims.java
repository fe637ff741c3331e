package dev.importonce.send;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Claims messages, extends the claims and writes outcomes. Each statement commits by itself, so that a frozen process holds
 * no row lock; only {@link UnknownMessages} adds something to it.
 */
@ApplicationScoped
class SendClaims {
    /**
     * If two workers claim at once, skip locked gives them different messages. The same commit records the attempt: before
     * the first byte is sent, and of no more messages than can be sent at once. So a message that has not begun is pending,
     * whatever happens to its process, and one that is claimed and overdue may have been sent. The update finds rows by ctid,
     * which leaves the planner no other choice: the rows are locked, so that their ctid does not change; a row whose ctid
     * changed before it was locked is left to the next claim.
     */
    static final String CLAIM = """
            with due as materialized (
                select ctid as place, id, org_id, due_at, attempted_at is not null as in_doubt
                from send_queue
                where turn is not null and due_at <= now()
                order by turn
                limit ?
                for update skip locked
            )
            update send_queue q
            set status = 'processing', token = q.token + 1, attempts = q.attempts + 1, attempted_at = now(),
                due_at = now() + ?::interval, updated_at = now()
            from due
            where q.ctid = any (array(select place from due)) and q.id = due.id and q.org_id = due.org_id
            returning q.id, q.org_id, q.campaign_id, q.prospect_id, q.step, q.channel, q.body, q.token, q.attempts,
                (extract(epoch from now() - due.due_at) * 1000)::bigint as waited_millis, due.in_doubt, q.traceparent
            """;

    /**
     * The same within the rate limit of one organisation and channel, whose row is locked until the claim is counted towards
     * the rate.
     */
    private static final String CLAIM_WITHIN_RATE = """
            with rate as (
                select ?::interval as span, ?::interval as each
            ), bucket as materialized (
                select r.org_id, r.channel, floor(
                    extract(epoch from now() + rate.span - greatest(r.free_at, now())) / extract(epoch from rate.each))::int as room
                from rate
                cross join send_rates r
                cross join lateral (
                    select q.turn
                    from send_queue q
                    where q.org_id = r.org_id and q.channel = r.channel and q.turn is not null and q.due_at <= now()
                    order by q.turn
                    limit 1
                ) first
                where r.free_at <= now() + rate.span - rate.each
                order by first.turn
                limit 1
                for update of r skip locked
            ), due as materialized (
                select q.ctid as place, q.id, q.org_id, q.due_at, q.attempted_at is not null as in_doubt
                from send_queue q
                where (q.org_id, q.channel) = (select org_id, channel from bucket) and q.turn is not null and q.due_at <= now()
                order by q.turn
                limit (select least(?, room) from bucket)
                for update skip locked
            ), charged as (
                update send_rates r
                set free_at = greatest(r.free_at, now()) + (select count(*) from due) * rate.each
                from rate, bucket
                where r.org_id = bucket.org_id and r.channel = bucket.channel
            )
            update send_queue q
            set status = 'processing', token = q.token + 1, attempts = q.attempts + 1, attempted_at = now(),
                due_at = now() + ?::interval, updated_at = now()
            from due
            where q.ctid = any (array(select place from due)) and q.id = due.id and q.org_id = due.org_id
            returning q.id, q.org_id, q.campaign_id, q.prospect_id, q.step, q.channel, q.body, q.token, q.attempts,
                (extract(epoch from now() - due.due_at) * 1000)::bigint as waited_millis, due.in_doubt, q.traceparent
            """;

    /**
     * Locks in the order of the natural key, as enqueueing does, so that two transactions cannot deadlock. Finds row by row
     * (lateral), from arrays whose length the planner does not know: if it expected many rows, or by its statistics no row
     * in processing, it would read the whole table.
     */
    static final String EXTEND = """
            with claimed as materialized (
                select *
                from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::text[]), (select ?::text[]), (select ?::integer[]),
                            (select ?::bigint[]))
                    as c (id, org_id, campaign_id, prospect_id, step, token)
                order by org_id, campaign_id collate "C", prospect_id collate "C", step
            ), ours as materialized (
                select q.id, q.org_id
                from claimed c
                cross join lateral (
                    select q.id, q.org_id
                    from send_queue q
                    where q.org_id = c.org_id and q.id = c.id and q.token = c.token and q.status = 'processing'
                    for update
                ) q
            )
            update send_queue q set due_at = now() + ?::interval
            from ours
            where q.id = ours.id and q.org_id = ours.org_id
            """;

    /**
     * Writes an outcome only if this worker still holds the claim; the same statement records sent messages. Locks as EXTEND
     * does.
     */
    static final String SETTLE = """
            with outcome as materialized (
                select *
                from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::text[]), (select ?::text[]), (select ?::integer[]),
                            (select ?::bigint[]), (select ?::text[]), (select ?::bigint[]), (select ?::integer[]), (select ?::text[]))
                    as o (id, org_id, campaign_id, prospect_id, step, token, status, delay_millis, uncounted, error)
                order by org_id, campaign_id collate "C", prospect_id collate "C", step
            ), ours as materialized (
                select o.*
                from outcome o
                cross join lateral (
                    select
                    from send_queue q
                    where q.org_id = o.org_id and q.id = o.id and q.token = o.token and q.status = 'processing'
                    for update
                ) q
            ), settled as (
                update send_queue q
                set status = o.status, attempts = q.attempts - o.uncounted, last_error = o.error, updated_at = now(),
                    due_at = now() + o.delay_millis * interval '1 millisecond',
                    scheduled_for = coalesce(now() + o.delay_millis * interval '1 millisecond', q.scheduled_for),
                    turn = case when o.status = 'pending'
                        then greatest(q.turn, now() + o.delay_millis * interval '1 millisecond') end,
                    attempted_at = case when o.status = 'pending' then null else q.attempted_at end,
                    sent_at = case when o.status = 'sent' then now() end
                from ours o
                where q.id = o.id and q.org_id = o.org_id
                returning q.id, q.org_id, q.campaign_id, q.prospect_id, q.step, q.channel, q.status, q.sent_at
            ), recorded as (
                insert into sent_messages (org_id, campaign_id, prospect_id, step, item_id, channel, sent_at)
                select org_id, campaign_id, prospect_id, step, id, channel, sent_at from settled where status = 'sent'
                on conflict (org_id, campaign_id, prospect_id, step) do nothing
            )
            select count(*) as settled, array_agg(id::text) filter (where status = 'unknown') as unknown from settled
            """;

    private static final String DUE =
            "select count(*) as due from send_queue where turn is not null and due_at <= now()";

    private final Sql sql;
    private final SendConfig config;
    private final String lease;
    private final Event<Counted> counted;
    private final UnknownMessages unknown;

    SendClaims(Sql sql, SendConfig config, QueueConfig queue, Event<Counted> counted, UnknownMessages unknown) {
        this.unknown = unknown;
        this.counted = counted;
        this.sql = sql;
        this.config = config;
        this.lease = queue.lease().toString();
    }

    /**
     * Begins the attempts of up to {@code most} messages, for all of which the caller has {@link Places}; with a rate limit,
     * only messages of one organisation and channel.
     */
    List<Message> claim(int most) {
        List<Message> messages = new ArrayList<>(config.rate()
                .map(rate -> sql.list(
                        CLAIM_WITHIN_RATE,
                        SendClaims::message,
                        rate.window().toString(),
                        rate.interval().toString(),
                        most,
                        lease))
                .orElseGet(() -> sql.list(CLAIM, SendClaims::message, most, lease)));
        messages.sort(Comparator.comparing(Message::id));
        return messages;
    }

    void extend(List<Message> messages) {
        sql.update(
                EXTEND,
                ids(messages),
                texts(messages, Message::orgId),
                texts(messages, Message::campaignId),
                texts(messages, Message::prospectId),
                steps(messages),
                tokens(messages),
                lease);
    }

    /** @return number of claims that this worker still held */
    long settle(Map<Message, Outcome> outcomes) {
        List<Message> messages = List.copyOf(outcomes.keySet());
        List<Outcome.Row> rows =
                messages.stream().map(message -> outcomes.get(message).row()).toList();
        long settled = unknown.told(
                messages,
                rows,
                () -> sql.one(
                        SETTLE,
                        row -> new UnknownMessages.Settled(row.bigint("settled"), row.texts("unknown")),
                        ids(messages),
                        texts(messages, Message::orgId),
                        texts(messages, Message::campaignId),
                        texts(messages, Message::prospectId),
                        steps(messages),
                        tokens(messages),
                        column(rows, Outcome.Row::status).toArray(String[]::new),
                        column(
                                        rows,
                                        row -> row.delay() == null
                                                ? null
                                                : row.delay().toMillis())
                                .toArray(Long[]::new),
                        column(rows, row -> row.counts() ? 0 : 1).toArray(Integer[]::new),
                        column(rows, Outcome.Row::error).toArray(String[]::new)));
        // Counted only now, since a statement that fails is repeated.
        rows.stream()
                .collect(Collectors.groupingBy(Outcome.Row::status, Collectors.counting()))
                .forEach((status, count) -> counted.fire(new Counted("importonce.messages", status, count)));
        return settled;
    }

    long due() {
        return sql.one(DUE, row -> row.bigint("due"));
    }

    private static <T> List<T> column(List<Outcome.Row> rows, Function<Outcome.Row, T> value) {
        List<T> column = new ArrayList<>();
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }

    private static String[] ids(List<Message> messages) {
        return texts(messages, Message::id);
    }

    private static String[] texts(List<Message> messages, Function<Message, Object> value) {
        return messages.stream().map(value).map(Object::toString).toArray(String[]::new);
    }

    private static Integer[] steps(List<Message> messages) {
        return messages.stream().map(Message::step).toArray(Integer[]::new);
    }

    private static Long[] tokens(List<Message> messages) {
        return messages.stream().map(Message::token).toArray(Long[]::new);
    }

    private static Message message(Row row) {
        return new Message(
                row.uuid("id"),
                row.uuid("org_id"),
                row.text("campaign_id"),
                row.text("prospect_id"),
                row.integer("step"),
                row.text("channel"),
                row.text("body"),
                row.bigint("token"),
                row.integer("attempts"),
                Duration.ofMillis(row.bigint("waited_millis")),
                row.bool("in_doubt"),
                row.text("traceparent"));
    }
}
