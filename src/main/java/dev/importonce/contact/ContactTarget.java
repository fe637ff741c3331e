package dev.importonce.contact;

import dev.importonce.load.Field;
import dev.importonce.load.InsertStatements;
import dev.importonce.load.RowRule;
import dev.importonce.load.Target;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Contacts as a target of imports: one per organisation and e-mail address. */
class ContactTarget {
    private static final List<Field> FIELDS = List.of(
            new Field("email", 254, new Email(), ContactHeaders.EMAIL),
            Field.text("firstName", 500, ContactHeaders.FIRST_NAME),
            Field.text("lastName", 500, ContactHeaders.LAST_NAME),
            new Field("phone", 100, new Phone(), List.of(ContactHeaders.PHONE)),
            Field.text("company", 500, ContactHeaders.COMPANY));

    private static final String STAGE = """
            copy contact_staging (job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes)
            from stdin (format binary)
            """;

    /**
     * Skips what a merge holds at this moment: it is waiting for the job's row, which whoever discards has locked. A place
     * (ctid) is one of a partition or shard: another's rows have the same ones.
     */
    private static final String DISCARD = """
            delete from contact_staging
            where job_id = ? and user_id = ? and ctid = any (array(
                select ctid from contact_staging where job_id = ? and user_id = ? for update skip locked))
            """;

    private static final String STAGED = "select distinct job_id, user_id from contact_staging";

    /**
     * A block that was read twice, since a merge that held its rows failed while they were read again, counts once.
     * Of the rows with one address the last one of the file counts, whole. Rows that would change nothing are left out
     * before the upsert, which would lock and so rewrite them; to find them every address is looked up, unless none of a
     * hundredth of them is known: of a new list the upsert's own look is enough, and it leaves a contact that turns out to
     * be known as it is if nothing changes. The limit has each looked up by itself, however few the statistics say an
     * organisation has; the order, in the index of addresses: any other would take a sort, and of an equality the planner
     * would know that there is nothing to order. Sorted by address as the index is: two merges that meet lock the same
     * contacts in the same order; and ids that are sorted as the addresses are go into their index side by side, which takes
     * a third off the insert. The job's values are taken by sub-selects, once; joined, they are looked at for each row.
     * updated_at only ever grows, so that it equals created_at exactly in a new row.
     */
    private static final String MERGE = """
            with share as (
                delete from contact_staging
                where job_id = ? and user_id = ? and share = ?
                returning block, row_no, id, email, first_name, last_name, phone, company, attributes
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
                select row_number() over (order by email) as n, *
                from (
                    select distinct on (email) email, first_name, last_name, phone, company, attributes::jsonb as attributes
                    from staged
                    order by email, row_no desc
                ) last
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), sample as materialized (
                select exists (
                    select from latest i
                    cross join lateral (
                        select
                        from contacts k
                        where k.org_id = (select org_id from job) and k.email between i.email and i.email
                        order by k.email
                        limit 1) k
                    where i.n % 100 = 1) as known
            ), merged as (
                insert into contacts as c (id, org_id, email, first_name, last_name, phone, company, attributes)
                select ((select id from first) || to_hex(n + x'80000000'::bigint))::uuid, (select org_id from job), i.email,
                       i.first_name, i.last_name, i.phone, i.company, coalesce(i.attributes, '{}')
                from latest i
                left join lateral (
                    select *
                    from contacts k
                    where (select known from sample) and k.org_id = (select org_id from job)
                      and k.email between i.email and i.email
                    order by k.email
                    limit 1) k on true
                where k.id is null
                   or not (select skip from job)
                      and (k.first_name, k.last_name, k.phone, k.company, k.attributes) is distinct from (
                          merge_value(k.first_name, i.first_name, (select rule[2] from job)),
                          merge_value(k.last_name, i.last_name, (select rule[3] from job)),
                          merge_value(k.phone, i.phone, (select rule[4] from job)),
                          merge_value(k.company, i.company, (select rule[5] from job)),
                          merge_attributes(
                              k.attributes, i.attributes, (select attribute_rule from job), (select cleared from job)))
                order by i.email
                on conflict (org_id, email) do update set
                    first_name = merge_value(c.first_name, excluded.first_name, (select rule[2] from job)),
                    last_name = merge_value(c.last_name, excluded.last_name, (select rule[3] from job)),
                    phone = merge_value(c.phone, excluded.phone, (select rule[4] from job)),
                    company = merge_value(c.company, excluded.company, (select rule[5] from job)),
                    attributes = merge_attributes(
                        c.attributes, excluded.attributes, (select attribute_rule from job), (select cleared from job)),
                    updated_at = greatest(now(), c.created_at + interval '1 microsecond', c.updated_at + interval '1 microsecond')
                where not (select skip from job)
                  and (c.first_name, c.last_name, c.phone, c.company, c.attributes) is distinct from (
                      merge_value(c.first_name, excluded.first_name, (select rule[2] from job)),
                      merge_value(c.last_name, excluded.last_name, (select rule[3] from job)),
                      merge_value(c.phone, excluded.phone, (select rule[4] from job)),
                      merge_value(c.company, excluded.company, (select rule[5] from job)),
                      merge_attributes(
                          c.attributes, excluded.attributes, (select attribute_rule from job), (select cleared from job)))
                returning c.created_at = c.updated_at as inserted
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   (select count(*) from latest) as keys,
                   count(*) filter (where inserted) as inserted,
                   count(*) filter (where not inserted) as updated
            from merged
            """;

    /** Not by exists, which drops the order and so may read the whole primary key. */
    private static final String VACANT = """
            select (select email from contacts where org_id = ? order by email limit 1) is null as vacant
            """;

    /**
     * As the merge up to its upsert, but without the look that an upsert takes at the index before each row, and without the
     * record in the write-ahead log that confirms each: these are nearly a third of a merge. Every key is inserted, so the
     * keys are not counted by themselves, which would keep a copy of the rows. Where the unique key is missing or not valid,
     * it fails by its guard as an upsert does, before the first row.
     */
    private static final String INSERT = """
            with share as (
                delete from contact_staging
                where job_id = ? and user_id = ? and share = ?
                returning block, row_no, id, email, first_name, last_name, phone, company, attributes
            ), blocks as materialized (
                select distinct on (block) * from share order by block
            ), first as materialized (
                select left(id[1]::text, 28) as id from blocks limit 1
            ), staged as (
                select unnest(row_no) as row_no, unnest(email) collate "C" as email, unnest(first_name) as first_name,
                       unnest(last_name) as last_name, unnest(phone) as phone, unnest(company) as company,
                       unnest(attributes) as attributes
                from blocks
            ), latest as (
                select row_number() over (order by email) as n, *
                from (
                    select distinct on (email) email, first_name, last_name, phone, company, attributes::jsonb as attributes
                    from staged
                    order by email, row_no desc
                ) last
            ), job as materialized (
                select ?::uuid as org_id
            ), guard as (
                insert into contacts (org_id, email) select org_id, null from job where false on conflict (org_id, email) do nothing
            ), inserted as (
                insert into contacts (id, org_id, email, first_name, last_name, phone, company, attributes)
                select ((select id from first) || to_hex(n + x'80000000'::bigint))::uuid, (select org_id from job), i.email,
                       i.first_name, i.last_name, i.phone, i.company, coalesce(i.attributes, '{}')
                from latest i
                order by i.email
                returning id
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys,
                   count(*) as inserted,
                   0 as updated
            from inserted
            """;

    /** The merge without its writing: what would be new, and what would change. */
    private static final String COMPARE = """
            with blocks as materialized (
                select row_no, email, first_name, last_name, phone, company, attributes
                from contact_staging
                where job_id = ? and user_id = ?
            ), staged as (
                select unnest(row_no) as row_no, unnest(email) collate "C" as email, unnest(first_name) as first_name,
                       unnest(last_name) as last_name, unnest(phone) as phone, unnest(company) as company,
                       unnest(attributes) as attributes
                from blocks
            ), latest as materialized (
                select distinct on (email) email, first_name, last_name, phone, company, attributes::jsonb as attributes
                from staged
                order by email, row_no desc
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            )
            select (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys,
                   count(*) filter (where c.id is null) as inserted,
                   count(*) filter (where c.id is not null and not (select skip from job)
                       and (c.first_name, c.last_name, c.phone, c.company, c.attributes) is distinct from (
                           merge_value(c.first_name, i.first_name, (select rule[2] from job)),
                           merge_value(c.last_name, i.last_name, (select rule[3] from job)),
                           merge_value(c.phone, i.phone, (select rule[4] from job)),
                           merge_value(c.company, i.company, (select rule[5] from job)),
                           merge_attributes(
                               c.attributes, i.attributes, (select attribute_rule from job), (select cleared from job)))) as updated
            from latest i
            left join lateral (
                select *
                from contacts k
                where k.org_id = (select org_id from job) and k.email between i.email and i.email
                order by k.email
                limit 1) c on true
            """;

    @Produces
    @Singleton
    Target contacts() {
        return new Target(
                "contacts",
                FIELDS,
                1,
                RowRule.NONE,
                FIELDS.size(),
                true,
                STAGE,
                MERGE,
                COMPARE,
                DISCARD,
                STAGED,
                new InsertStatements(VACANT, INSERT),
                ContactUndo.STATEMENTS);
    }
}
