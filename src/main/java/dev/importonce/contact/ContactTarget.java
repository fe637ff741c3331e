package dev.importonce.contact;

import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.ImportStatements;
import dev.importonce.target.declare.InsertStatements;
import dev.importonce.target.declare.RowRule;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Email;
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
     * Skips rows that a merge holds at this moment: that merge waits for the job's row, which the discarding transaction has
     * locked. Partitions or shards may have equal values of ctid, hence the conditions on job and user.
     */
    private static final String DISCARD = """
            delete from contact_staging
            where job_id = ? and user_id = ? and ctid = any (array(
                select ctid from contact_staging where job_id = ? and user_id = ? for update skip locked))
            """;

    private static final String STAGED = "select distinct job_id, user_id from contact_staging";

    /**
     * Merges a share in one statement:
     *
     * <ul>
     *   <li>share: takes the share's rows out of staging;
     *   <li>blocks: counts each block once. A block is staged twice if a merge that held its rows failed while another worker
     *       read the block again;
     *   <li>latest: of the rows with one address, the whole last row of the file counts. The rows get numbers, and thus ids, in
     *       the order of addresses, so that both indexes grow in the same order, which takes a third off the insert;
     *   <li>job: the job's values, read by sub-selects once; with a join PostgreSQL would read them for each row;
     *   <li>sample: whether any address of a hundredth of the rows is known. If none is, the lookup in merged is skipped: for a
     *       new list the upsert's own lookup is enough, and the upsert leaves a known contact as it is if nothing changes;
     *   <li>merged: leaves out rows that would change nothing, since an upsert would lock and so rewrite them, and upserts the
     *       others in the order of addresses: two merges that meet lock the same contacts in the same order. The lateral query
     *       has a limit, so that each address is looked up separately, even if the statistics say that an organisation has few
     *       rows. Its order makes PostgreSQL use the index of addresses, since another index would need a sort; it has between
     *       instead of =, since with = the planner knows that there is nothing to sort. updated_at always grows, so that it
     *       equals created_at only in a new row.
     * </ul>
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

    /** Not with exists, since PostgreSQL then drops the order and may read the whole primary key. */
    private static final String VACANT = """
            select (select email from contacts where org_id = ? order by email limit 1) is null as vacant
            """;

    /**
     * As the merge up to its upsert, but without the index lookup of an upsert before each row, and without its confirmation
     * record in the write-ahead log: these two are nearly a third of a merge. Every key is inserted, so the number of
     * inserted rows is also the number of keys; counting the keys separately would keep a copy of the rows. The guard makes
     * the statement fail before the first row, as an upsert does, if the unique key is missing or not valid.
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

    /** The merge without its writes: counts what would be inserted and what would be updated. */
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
                new ImportStatements(
                        STAGE,
                        MERGE,
                        COMPARE,
                        ContactOutlook.STATEMENT,
                        DISCARD,
                        STAGED,
                        new InsertStatements(VACANT, INSERT),
                        ContactUndo.STATEMENTS));
    }
}
