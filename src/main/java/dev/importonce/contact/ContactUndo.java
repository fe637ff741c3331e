package dev.importonce.contact;

import dev.importonce.target.declare.UndoStatements;

/**
 * Undoes an import of contacts. Whether a contact has changed since is decided by its values, so that imports can be undone
 * one after the other, the last one first, until everything is as it was before all of them:
 *
 * <ul>
 *   <li>a contact that the import inserted is deleted if all its fields and attributes are as the import wrote them;
 *       otherwise it is kept unchanged. If somebody has deleted it since, there is nothing left to undo;
 *   <li>in a contact that the import updated, each field and each attribute is treated separately: it gets its former value
 *       back if its value is still the one that the import wrote. If somebody has restored the former value already, nothing
 *       is to be done. Any other value is kept, and reported. If the contact has been deleted since, this is reported:
 *       nothing is inserted again.
 * </ul>
 */
final class ContactUndo {
    // Each contact is looked up separately by its id; the limit and the order ensure this, as in the merge. The
    // update finds the row by its ctid. Partitions or shards may have equal values of ctid, hence the condition on
    // the organisation.

    /**
     * As {@link ContactTarget}'s merge up to its upsert. Here the upsert takes locks in the same order, but only locks
     * existing contacts, by an update that changes nothing. No other transaction can change the rows that it returns before
     * the images are written; values that were read before the lock may be outdated.
     */
    private static final String CAPTURE = """
            with share as (
                delete from contact_staging
                where job_id = ? and user_id = ? and share = ?
                returning job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes
            ), blocks as materialized (
                select distinct on (block) * from share order by block
            ), first as materialized (
                select left(id[1]::text, 28) as id from blocks limit 1
            ), staged as (
                select unnest(row_no) as row_no, unnest(email) collate "C" as email, unnest(first_name) as first_name,
                       unnest(last_name) as last_name, unnest(phone) as phone, unnest(company) as company,
                       unnest(attributes) as attributes
                from blocks
            ), latest as materialized (
                select (first.id || to_hex(row_number() over (order by email) + x'80000000'::bigint))::uuid as id, last.*
                from (
                    select distinct on (email) email, first_name, last_name, phone, company, attributes::jsonb as attributes
                    from staged
                    order by email, row_no desc
                ) last, first
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), changed as (
                select i.*, (select org_id from job) as org_id
                from latest i
                left join lateral (
                    select *
                    from contacts k
                    where k.org_id = (select org_id from job) and k.email between i.email and i.email
                    order by k.email
                    limit 1) c on true
                where c.id is null
                   or not (select skip from job)
                      and (c.first_name, c.last_name, c.phone, c.company, c.attributes) is distinct from (
                          merge_value(c.first_name, i.first_name, (select rule[2] from job)),
                          merge_value(c.last_name, i.last_name, (select rule[3] from job)),
                          merge_value(c.phone, i.phone, (select rule[4] from job)),
                          merge_value(c.company, i.company, (select rule[5] from job)),
                          merge_attributes(
                              c.attributes, i.attributes, (select attribute_rule from job), (select cleared from job)))
            ), held as (
                insert into contacts as c (id, org_id, email, first_name, last_name, phone, company, attributes)
                select id, org_id, email, first_name, last_name, phone, company, coalesce(attributes, '{}')
                from changed
                order by email
                on conflict (org_id, email) do update set updated_at = c.updated_at
                where not (select skip from job)
                returning c.id, c.email, c.first_name, c.last_name, c.phone, c.company, c.attributes
            ), outcome as (
                select h.id, h.email, h.id = i.id as inserted, h.attributes,
                       merge_attributes(
                           h.attributes, i.attributes, (select attribute_rule from job), (select cleared from job)) as new_attributes,
                       jsonb_build_object('email', h.email, 'firstName', h.first_name, 'lastName', h.last_name,
                           'phone', h.phone, 'company', h.company) as fields,
                       jsonb_build_object('email', h.email,
                           'firstName', merge_value(h.first_name, i.first_name, (select rule[2] from job)),
                           'lastName', merge_value(h.last_name, i.last_name, (select rule[3] from job)),
                           'phone', merge_value(h.phone, i.phone, (select rule[4] from job)),
                           'company', merge_value(h.company, i.company, (select rule[5] from job))) as new_fields
                from held h
                join latest i on i.email = h.email
            ), change as materialized (
                select id, email, inserted, fields, new_fields, attributes, new_attributes,
                       array['email',
                           case when fields -> 'firstName' = new_fields -> 'firstName' then 'firstName' end,
                           case when fields -> 'lastName' = new_fields -> 'lastName' then 'lastName' end,
                           case when fields -> 'phone' = new_fields -> 'phone' then 'phone' end,
                           case when fields -> 'company' = new_fields -> 'company' then 'company' end] as same
                from outcome
                where inserted or fields <> new_fields or attributes <> new_attributes
            ), image as materialized (
                select id, email, inserted, (row_number() over (order by email) - 1) / 500 as part,
                       case when not inserted then fields - same end as before,
                       case when inserted then fields else new_fields - same end as after,
                       case when inserted then null when attributes = new_attributes then '{}'
                           else jsonb_beyond(attributes, new_attributes) end as attributes_before,
                       case when inserted then attributes when attributes = new_attributes then '{}'
                           else jsonb_beyond(new_attributes, attributes) end as attributes_after
                from change
            ), images as (
                insert into contact_before_images
                    (job_id, user_id, share, part, contact_id, email, before, after, attributes_before, attributes_after)
                select b.job_id, b.user_id, b.share, i.part, array_agg(i.id), array_agg(i.email), array_agg(i.before),
                       array_agg(i.after), array_agg(i.attributes_before), array_agg(i.attributes_after)
                from (select job_id, user_id, share from blocks limit 1) b
                cross join image i
                group by b.job_id, b.user_id, b.share, i.part
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   (select count(*) from latest) as keys,
                   count(*) filter (where inserted) as inserted,
                   count(*) filter (where not inserted) as updated
            from image
            """;

    /** Updates contacts that CAPTURE has locked in the same transaction, so that their ctid does not change. */
    private static final String APPLY = """
            with image as (
                select i.*
                from contact_before_images b
                cross join unnest(b.contact_id, b.before, b.after, b.attributes_before, b.attributes_after)
                    as i (contact_id, before, after, attributes_before, attributes_after)
                where b.job_id = ? and b.user_id = ? and b.share = ? and i.before is not null
            ), found as materialized (
                select k.place, k.org_id, i.after, i.attributes_before, i.attributes_after
                from image i
                cross join lateral (
                    select ctid as place, org_id
                    from contacts k
                    where k.id between i.contact_id and i.contact_id and k.org_id = ?
                    order by k.id
                    limit 1) k
            )
            update contacts c
            set first_name = (jsonb_build_object('firstName', c.first_name) || f.after) ->> 'firstName',
                last_name = (jsonb_build_object('lastName', c.last_name) || f.after) ->> 'lastName',
                phone = (jsonb_build_object('phone', c.phone) || f.after) ->> 'phone',
                company = (jsonb_build_object('company', c.company) || f.after) ->> 'company',
                attributes = case when f.attributes_before = '{}' then importonce_object(c.attributes) || f.attributes_after
                    else (importonce_object(c.attributes) - array(select jsonb_object_keys(f.attributes_before)))
                        || f.attributes_after end,
                updated_at = greatest(now(), c.created_at + interval '1 microsecond', c.updated_at + interval '1 microsecond')
            from found f
            where c.ctid = f.place and c.org_id = f.org_id
            """;

    /** In the order of the merge, so that an undo and an import at the same time cannot deadlock. */
    private static final String LOCK = """
            with image as materialized (
                select i.contact_id
                from contact_before_images b
                cross join unnest(b.contact_id, b.email) as i (contact_id, email)
                where b.job_id = ? and b.user_id = ? and b.share = ?
                order by i.email collate "C"
            )
            select count(*)
            from image i
            cross join lateral (
                select
                from contacts k
                where k.id between i.contact_id and i.contact_id and k.org_id = ?
                order by k.id
                limit 1
                for update) locked
            """;

    /**
     * All contacts that this statement reads are locked, or were deleted before. The functions, which cost much more, are
     * called only for contacts that have changed.
     */
    private static final String UNDO = """
            with part as (
                delete from contact_before_images
                where job_id = ? and user_id = ? and share = ?
                returning contact_id, email, before, after, attributes_before, attributes_after
            ), image as (
                select i.*
                from part p, unnest(p.contact_id, p.email, p.before, p.after, p.attributes_before, p.attributes_after)
                    as i (contact_id, email, before, after, attributes_before, attributes_after)
            ), found as (
                select i.*, c.place, c.org_id, c.attributes,
                       jsonb_build_object('email', c.email, 'firstName', c.first_name, 'lastName', c.last_name,
                           'phone', c.phone, 'company', c.company) as fields
                from image i
                left join lateral (
                    select ctid as place, org_id, email, first_name, last_name, phone, company, attributes
                    from contacts k
                    where k.id between i.contact_id and i.contact_id and k.org_id = ?
                    order by k.id
                    limit 1) c on true
            ), judged as materialized (
                select contact_id, email, place, org_id, before is null as inserted, fields, attributes,
                       case when fields || after = fields then fields || before
                           else undone_values(fields, before, after) end as new_fields,
                       case when attributes_before is null or attributes_before = '{}' and attributes_after = '{}' then attributes
                           else undone_values(attributes, attributes_before, attributes_after) end as new_attributes,
                       case when org_id is null or fields || after = fields then '{}'
                           else changed_since(fields, before, after) end as changed_fields,
                       case
                           when org_id is null or attributes_before = '{}' and attributes_after = '{}'
                               or attributes_before is null and attributes = attributes_after then '{}'
                           else changed_since(attributes, attributes_before, attributes_after)
                       end as changed_attributes
                from found
            ), removed as (
                delete from contacts c using judged j
                where c.ctid = j.place and c.org_id = j.org_id and j.inserted
                  and j.changed_fields = '{}' and j.changed_attributes = '{}'
            ), restored as (
                update contacts c
                set first_name = j.new_fields ->> 'firstName',
                    last_name = j.new_fields ->> 'lastName',
                    phone = j.new_fields ->> 'phone',
                    company = j.new_fields ->> 'company',
                    attributes = j.new_attributes,
                    updated_at = greatest(now(), c.created_at + interval '1 microsecond', c.updated_at + interval '1 microsecond')
                from judged j
                where c.ctid = j.place and c.org_id = j.org_id and not j.inserted
                  and (j.fields <> j.new_fields or j.attributes <> j.new_attributes)
            ), kept as (
                select contact_id, email, case when org_id is null then 'deleted' else 'changed' end as reason,
                       changed_fields || array(select 'attributes.' || a.key from unnest(changed_attributes) a (key)) as changed
                from judged
                where changed_fields <> '{}' or changed_attributes <> '{}' or org_id is null and not inserted
            )
            select (select count(*) from judged) - (select count(*) from kept) as undone,
                   (select count(*) from kept) as kept,
                   (select jsonb_agg(jsonb_build_object('id', contact_id, 'email', email, 'reason', reason,
                       'fields', to_jsonb(changed[:20])) order by email collate "C")
                    from (select * from kept order by email collate "C" limit 100) k) as kept_first
            """;

    private static final String FORGET = "delete from contact_before_images where job_id = ? and user_id = ?";

    static final UndoStatements STATEMENTS = new UndoStatements(CAPTURE, APPLY, LOCK, UNDO, FORGET);

    private ContactUndo() {}
}
