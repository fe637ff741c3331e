package dev.importonce.send;

import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Traces;
import dev.importonce.queue.WorkReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** Adds messages to the queue; messages that exist already are not changed. */
@ApplicationScoped
class EnqueueMessages {
    private static final Logger LOG = Logger.getLogger(EnqueueMessages.class);

    /**
     * Existing messages are only read, each one separately by the index on the natural key. If two callers enqueue the same
     * new message at once, the constraint lets one of them insert, and the other one gets that row. Rows are inserted in the
     * order of the natural key, so that two callers cannot deadlock. Of equal messages within the request the first one
     * counts. A message gets a turn after those of its organisation that, like it, are due now, or are due at the same later
     * time.
     */
    static final String ENQUEUE = """
            with sent as (
                select *
                from unnest(?::uuid[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::timestamptz[])
                    with ordinality as s (id, campaign_id, prospect_id, step, channel, body, scheduled_for, position)
            ), existing as materialized (
                select s.position, q.id, q.status
                from sent s
                cross join lateral (
                    select id, status
                    from send_queue k
                    where k.org_id = ? and k.campaign_id = s.campaign_id and k.prospect_id = s.prospect_id
                      and k.step between s.step and s.step
                    order by k.step
                    limit 1) q
            ), fresh as materialized (
                select distinct on (campaign_id, prospect_id, step) *
                from sent
                where position not in (select position from existing)
                order by campaign_id, prospect_id, step, position
            ), line as materialized (
                select greatest(now(), (
                    select l.turn
                    from send_queue l
                    where l.org_id = ? and l.turn is not null and l.scheduled_for <= l.created_at
                    order by l.turn desc
                    limit 1)) as turn
            ), placed as (
                select f.*, case when f.scheduled_for > now() then greatest(f.scheduled_for, (
                           select l.turn
                           from send_queue l
                           where l.org_id = ? and l.scheduled_for between f.scheduled_for and f.scheduled_for
                             and l.turn is not null and l.scheduled_for > l.created_at
                           order by l.scheduled_for desc, l.turn desc
                           limit 1)) else line.turn end + f.position * interval '1 second' as turn
                from fresh f, line
            ), made as (
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, scheduled_for, due_at, turn, traceparent)
                select id, ?, campaign_id, prospect_id, step, channel, body, coalesce(scheduled_for, now()),
                       coalesce(scheduled_for, now()), turn, ?
                from placed
                order by campaign_id, prospect_id, step
                on conflict (org_id, campaign_id, prospect_id, step) do update set updated_at = send_queue.updated_at
                returning id, campaign_id, prospect_id, step, status
            ), rates as (
                insert into send_rates (org_id, channel)
                select distinct ?::uuid, channel from fresh order by channel
                on conflict (org_id, channel) do nothing
            )
            select coalesce(e.id, m.id) as id, coalesce(e.status, m.status) as status,
                   coalesce(m.id = s.id, false) as created
            from sent s
            left join existing e on e.position = s.position
            left join made m on m.campaign_id = s.campaign_id and m.prospect_id = s.prospect_id and m.step = s.step
            order by s.position
            """;

    private final Sql sql;
    private final Traces traces;
    private final Event<WorkReady> ready;

    EnqueueMessages(Sql sql, Traces traces, Event<WorkReady> ready) {
        this.sql = sql;
        this.traces = traces;
        this.ready = ready;
    }

    /** @return the results in the order of the request */
    @Transactional
    List<Enqueued> enqueue(UUID orgId, List<NewItem> items) {
        List<Enqueued> enqueued = sql.list(
                ENQUEUE,
                row -> new Enqueued(row.uuid("id"), SendStatus.parse(row.text("status")), row.bool("created")),
                column(items, item -> Ids.next().toString()),
                column(items, NewItem::campaignId),
                column(items, NewItem::prospectId),
                items.stream().map(NewItem::step).toArray(Integer[]::new),
                column(items, NewItem::channel),
                column(items, NewItem::body),
                column(items, item -> text(item.scheduledFor())),
                orgId,
                orgId,
                orgId,
                orgId,
                traces.current(),
                orgId);
        long created = enqueued.stream().filter(Enqueued::created).count();
        if (created > 0) {
            ready.fire(new WorkReady(true));
            LOG.infof("organisation %s enqueued %d messages, %d of them new", orgId, items.size(), created);
        }
        return enqueued;
    }

    private static String[] column(List<NewItem> items, Function<NewItem, String> value) {
        return items.stream().map(value).toArray(String[]::new);
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    /** @param created whether this request added the message */
    @Schema(name = "EnqueuedItem")
    record Enqueued(UUID id, SendStatus status, boolean created) {}
}
