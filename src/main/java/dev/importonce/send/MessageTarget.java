package dev.importonce.send;

import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.ImportStatements;
import dev.importonce.target.declare.RowRule;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.WholeNumber;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.List;

/**
 * The send queue as a target of imports: one message per organisation, campaign, prospect and step. An existing message is
 * never changed, whatever the file says, since it may be sent already. It counts as unchanged, or as skipped if the mapping
 * skips existing rows. An import cannot be undone, since messages may have been sent. Members of an organisation may import
 * into its queue, as they may enqueue.
 */
class MessageTarget {
    private static final WholeNumber STEP = new WholeNumber(BigInteger.ZERO, BigInteger.valueOf(NewItems.MAX_STEP));

    private static final List<Field> FIELDS = List.of(
            Field.text("campaignId", NewItems.MAX_ID_LENGTH),
            Field.text("prospectId", NewItems.MAX_ID_LENGTH),
            new Field("step", 9, STEP, List.of("schritt", "étape")),
            Field.text("channel", NewItems.MAX_CHANNEL_LENGTH).mandatory(),
            Field.text("body", NewItems.MAX_BODY_LENGTH).mandatory(),
            new Field("scheduledFor", 40, new ScheduledTime(), List.of("date", "datum")));

    private static final String STAGE = """
            copy message_staging (job_id, user_id, share, block, row_no, id, campaign_id, prospect_id, step, channel, body, scheduled_for)
            from stdin (format binary)
            """;

    /**
     * Skips rows that a merge holds at this moment: that merge waits for the job's row, which the discarding transaction has
     * locked. Partitions or shards may have equal values of ctid, hence the conditions on job and user.
     */
    private static final String DISCARD = """
            delete from message_staging
            where job_id = ? and user_id = ? and ctid = any (array(
                select ctid from message_staging where job_id = ? and user_id = ? for update skip locked))
            """;

    private static final String STAGED = "select distinct job_id, user_id from message_staging";

    /**
     * A block that was staged twice counts once; of the rows with the same natural key the last one of the file counts. A
     * merge locks keys in the same order as concurrent calls that enqueue the same messages, and leaves messages that they
     * inserted first unchanged. The new messages get turns in the order of the file, after the organisation's queued
     * messages.
     */
    private static final String MERGE = """
            with share as (
                delete from message_staging
                where job_id = ? and user_id = ? and share = ?
                returning job_id, user_id, block, row_no, id, campaign_id, prospect_id, step, channel, body, scheduled_for
            ), blocks as materialized (
                select distinct on (block) * from share order by block
            ), first as materialized (
                select left(id[1]::text, 28) as id, job_id, user_id from blocks limit 1
            ), trace as materialized (
                select j.traceparent from first join migration_jobs j on j.id = first.job_id and j.user_id = first.user_id
            ), staged as (
                select r.row_no, r.campaign_id, r.prospect_id, r.step::integer as step, r.channel, r.body,
                       r.scheduled_for::timestamptz as scheduled_for
                from blocks s,
                     unnest(s.row_no, s.campaign_id, s.prospect_id, s.step, s.channel, s.body, s.scheduled_for)
                         as r (row_no, campaign_id, prospect_id, step, channel, body, scheduled_for)
            ), latest as materialized (
                select row_number() over (order by campaign_id, prospect_id, step) as n, *
                from (
                    select distinct on (campaign_id, prospect_id, step) *
                    from staged
                    order by campaign_id, prospect_id, step, row_no desc
                ) last
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), fresh as materialized (
                select i.*, (select org_id from job) as org_id, row_number() over (order by i.row_no) as position
                from latest i
                left join lateral (
                    select id
                    from send_queue k
                    where k.org_id = (select org_id from job) and k.campaign_id = i.campaign_id and k.prospect_id = i.prospect_id
                      and k.step between i.step and i.step
                    order by k.step
                    limit 1) q on true
                where q.id is null
            ), line as materialized (
                select greatest(now(), (
                    select l.turn
                    from send_queue l
                    where l.org_id = (select org_id from job) and l.turn is not null and l.scheduled_for <= l.created_at
                    order by l.turn desc
                    limit 1)) as turn
            ), placed as (
                select f.*, case when f.scheduled_for > now() then greatest(f.scheduled_for, (
                           select l.turn
                           from send_queue l
                           where l.org_id = f.org_id and l.scheduled_for between f.scheduled_for and f.scheduled_for
                             and l.turn is not null and l.scheduled_for > l.created_at
                           order by l.scheduled_for desc, l.turn desc
                           limit 1)) else line.turn end + f.position * interval '1 second' as turn
                from fresh f, line
            ), made as (
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, scheduled_for, due_at, turn,
                    traceparent)
                select (first.id || to_hex(n + x'80000000'::bigint))::uuid, org_id, campaign_id, prospect_id, step, channel, body,
                       coalesce(scheduled_for, now()), coalesce(scheduled_for, now()), turn, (select traceparent from trace)
                from placed, first
                order by campaign_id, prospect_id, step
                on conflict (org_id, campaign_id, prospect_id, step) do nothing
                returning id
            ), rates as (
                insert into send_rates (org_id, channel)
                select distinct org_id, channel from fresh order by channel
                on conflict (org_id, channel) do nothing
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   (select count(*) from latest) as keys,
                   count(*) as inserted,
                   0 as updated
            from made
            """;

    /** The merge without its writes: counts the messages that would be new; existing ones never change. */
    private static final String COMPARE = """
            with blocks as materialized (
                select row_no, campaign_id, prospect_id, step
                from message_staging
                where job_id = ? and user_id = ?
            ), latest as materialized (
                select distinct r.campaign_id, r.prospect_id, r.step::integer as step
                from blocks s, unnest(s.campaign_id, s.prospect_id, s.step) as r (campaign_id, prospect_id, step)
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            )
            select (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys,
                   count(*) filter (where q.id is null) as inserted,
                   0 as updated
            from latest i
            left join lateral (
                select id
                from send_queue k
                where k.org_id = (select org_id from job) and k.campaign_id = i.campaign_id and k.prospect_id = i.prospect_id
                  and k.step between i.step and i.step
                order by k.step
                limit 1) q on true
            """;

    @Produces
    @Singleton
    Target messages() {
        return new Target(
                "messages",
                FIELDS,
                3,
                RowRule.NONE,
                FIELDS.size(),
                false,
                new ImportStatements(STAGE, MERGE, COMPARE, MessageOutlook.STATEMENT, DISCARD, STAGED));
    }
}
