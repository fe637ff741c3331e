package dev.importonce.chat;

/** What an import of chats would do with its first rows, for its preview: existing chats never change. */
final class ChatOutlook {
    static final String STATEMENT = """
            with blocks as materialized (
                select row_no, participants_key, participants
                from chat_staging
                where job_id = ? and user_id = ?
            ), staged as materialized (
                select r.*
                from blocks s,
                     unnest(s.row_no, s.participants_key, s.participants) as r (row_no, participants_key, participants)
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), shown as materialized (
                select *
                from (select distinct on (participants_key) * from staged order by participants_key, row_no desc) latest
                order by row_no
                limit 100
            ), judged as (
                select i.row_no, i.participants,
                       case when c.id is null then 'inserted' when (select skip from job) then 'skipped' else 'unchanged' end as outcome
                from shown i
                left join lateral (select id from chats k where k.participants_key = i.participants_key limit 1) c on true
            ), replaced as (
                select row_no, later
                from (
                    select row_no, first_value(row_no) over (partition by participants_key order by row_no desc) as later
                    from staged) s
                where row_no <> later
                order by row_no
                limit 100
            )
            select coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'key', jsonb_build_object('participants', participants),
                           'outcome', outcome, 'fields', '{}'::jsonb) order by row_no)
                       from judged), '[]')::text as changes,
                   coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'by', later) order by row_no)
                       from replaced), '[]')::text as overridden
            """;

    private ChatOutlook() {}
}
