package dev.importonce.contact;

/** What an import of contacts would do with its first rows, for its preview: as {@link ContactTarget}'s comparison, but in words. */
final class ContactOutlook {
    static final String STATEMENT = """
            with blocks as materialized (
                select row_no, email, first_name, last_name, phone, company, attributes
                from contact_staging
                where job_id = ? and user_id = ?
            ), staged as materialized (
                select unnest(row_no) as row_no, unnest(email) collate "C" as email, unnest(first_name) as first_name,
                       unnest(last_name) as last_name, unnest(phone) as phone, unnest(company) as company,
                       unnest(attributes) as attributes
                from blocks
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), shown as materialized (
                select *
                from (
                    select distinct on (email) row_no, email, first_name, last_name, phone, company, attributes::jsonb as attributes
                    from staged
                    order by email, row_no desc
                ) latest
                order by row_no
                limit 100
            ), compared as (
                select i.row_no, i.email, c.id is null as is_new,
                       jsonb_build_object('firstName', c.first_name, 'lastName', c.last_name, 'phone', c.phone, 'company', c.company,
                           'attributes', c.attributes) as stored,
                       jsonb_build_object(
                           'firstName', merge_value(c.first_name, i.first_name, (select rule[2] from job)),
                           'lastName', merge_value(c.last_name, i.last_name, (select rule[3] from job)),
                           'phone', merge_value(c.phone, i.phone, (select rule[4] from job)),
                           'company', merge_value(c.company, i.company, (select rule[5] from job)),
                           'attributes', case when c.id is null then coalesce(i.attributes, '{}') else merge_attributes(
                               c.attributes, i.attributes, (select attribute_rule from job), (select cleared from job)) end) as written
                from shown i
                left join lateral (
                    select *
                    from contacts k
                    where k.org_id = (select org_id from job) and k.email between i.email and i.email
                    order by k.email
                    limit 1) c on true
            ), judged as (
                select row_no, email, stored, case when is_new or not (select skip from job) then written else stored end as written,
                       case when is_new then 'inserted' when (select skip from job) then 'skipped'
                           when stored <> written then 'updated' else 'unchanged' end as outcome
                from compared
            ), replaced as (
                select row_no, later
                from (select row_no, first_value(row_no) over (partition by email order by row_no desc) as later from staged) s
                where row_no <> later
                order by row_no
                limit 100
            )
            select coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'key', jsonb_build_object('email', email), 'outcome', outcome,
                           'fields', (
                               select jsonb_object_agg(w.key, jsonb_build_array(stored ->> w.key, w.value))
                               from jsonb_each_text(written) w)) order by row_no)
                       from judged), '[]')::text as changes,
                   coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'by', later) order by row_no)
                       from replaced), '[]')::text as overridden
            """;

    private ContactOutlook() {}
}
