package dev.importonce.send;

/** What an import of messages would do with its first rows, for its preview: existing messages never change. */
final class MessageOutlook {
    static final String STATEMENT = """
            with blocks as materialized (
                select row_no, campaign_id, prospect_id, step, channel, body, scheduled_for
                from message_staging
                where job_id = ? and user_id = ?
            ), staged as materialized (
                select r.*
                from blocks s,
                     unnest(s.row_no, s.campaign_id, s.prospect_id, s.step, s.channel, s.body, s.scheduled_for)
                         as r (row_no, campaign_id, prospect_id, step, channel, body, scheduled_for)
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), shown as materialized (
                select *
                from (
                    select distinct on (campaign_id, prospect_id, step) *
                    from staged
                    order by campaign_id, prospect_id, step, row_no desc
                ) latest
                order by row_no
                limit 100
            ), judged as (
                select i.*, q.channel as stored_channel, q.body as stored_body, q.scheduled_for as stored_time, q.id is null as is_new,
                       case when q.id is null then 'inserted' when (select skip from job) then 'skipped' else 'unchanged' end as outcome
                from shown i
                left join lateral (
                    select id, channel, body, scheduled_for
                    from send_queue k
                    where k.org_id = (select org_id from job) and k.campaign_id = i.campaign_id and k.prospect_id = i.prospect_id
                      and k.step between i.step::integer and i.step::integer
                    order by k.step
                    limit 1) q on true
            ), replaced as (
                select row_no, later
                from (
                    select row_no, first_value(row_no) over (
                               partition by campaign_id, prospect_id, step order by row_no desc) as later
                    from staged) s
                where row_no <> later
                order by row_no
                limit 100
            )
            select coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no,
                           'key', jsonb_build_object('campaignId', campaign_id, 'prospectId', prospect_id, 'step', step),
                           'outcome', outcome,
                           'fields', jsonb_build_object(
                               'channel', jsonb_build_array(stored_channel, case when is_new then channel else stored_channel end),
                               'body', jsonb_build_array(stored_body, case when is_new then body else stored_body end),
                               'scheduledFor', jsonb_build_array(to_jsonb(stored_time),
                                   case when is_new then to_jsonb(scheduled_for) else to_jsonb(stored_time) end))) order by row_no)
                       from judged), '[]')::text as changes,
                   coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'by', later) order by row_no)
                       from replaced), '[]')::text as overridden
            """;

    private MessageOutlook() {}
}
