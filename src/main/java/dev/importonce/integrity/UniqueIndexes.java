package dev.importonce.integrity;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Checks the unique indexes on which correctness depends. An index counts by its properties (columns, predicate, valid,
 * ready), as {@code on conflict} finds it; its name is used only if no index has these properties. A primary key may have
 * fewer columns than ours, since it then forbids more. If chats are partitioned by their key, their primary key includes
 * this key.
 */
@ApplicationScoped
class UniqueIndexes {
    /**
     * One row per fault. {@code missing}: no index has the properties of the required one. {@code beside}: another index
     * forbids more than it should, as the older one that allowed repeating only cancelled jobs.
     */
    private static final String FAULTS = """
            with ours (table_name, index_name, columns, predicate) as (values
                ('uploads', 'uploads_pkey', '{id,user_id}'::text[], ''),
                ('source_blocks', 'source_blocks_pkey', '{upload_id,user_id,ordinal}', ''),
                ('sources', 'sources_pkey', '{id,user_id}', ''),
                ('sources', 'unique_source_bytes', '{user_id,sha256}', 'upload_idISNOTNULL'),
                ('renditions', 'renditions_pkey', '{source_id,user_id,asked}', ''),
                ('migration_jobs', 'migration_jobs_pkey', '{id,user_id}', ''),
                ('migration_jobs', 'migration_jobs_idempotency_key', '{user_id,idempotency_key}', ''),
                ('migration_jobs', 'unique_base_idempotency_key_active', '{user_id,base_idempotency_key}',
                    'status<>ALLARRAY[''cancelled'',''completed'',''failed'']'),
                ('idempotency_keys', 'idempotency_keys_pkey', '{user_id,key}', ''),
                ('import_chunks', 'import_chunks_pkey', '{job_id,user_id,step,ordinal}', ''),
                ('import_rejects', 'import_rejects_pkey', '{job_id,user_id,ordinal}', ''),
                ('import_refusals', 'import_refusals_pkey', '{job_id,user_id,ordinal,share}', ''),
                ('import_targets', 'import_targets_pkey', '{name}', ''),
                ('remembered_mappings', 'remembered_mappings_pkey', '{org_id,columns_sha256,target}', ''),
                ('target_rows', 'target_rows_pkey', '{job_id,user_id,share,owner_id,n}', ''),
                ('target_before_images', 'target_before_images_pkey', '{job_id,user_id,share,owner_id,n}', ''),
                ('contact_before_images', 'contact_before_images_pkey', '{job_id,user_id,share,part}', ''),
                ('contacts', 'contacts_pkey', '{id,org_id}', ''),
                ('contacts', 'unique_contact_email', '{org_id,email}', ''),
                ('chats', 'chats_pkey', '{id}', ''),
                ('chats', 'unique_chat_participants', '{participants_key}', ''),
                ('chat_messages', 'chat_messages_pkey', '{chat_id,id}', ''),
                ('send_queue', 'send_queue_pkey', '{org_id,id}', ''),
                ('send_queue', 'unique_send_queue_item', '{org_id,campaign_id,prospect_id,step}', ''),
                ('sent_messages', 'sent_messages_pkey', '{org_id,campaign_id,prospect_id,step}', ''),
                ('send_rates', 'send_rates_pkey', '{org_id,channel}', ''),
                ('dedupe_log', 'dedupe_log_pkey', '{id}', ''),
                ('webhook_events', 'webhook_events_pkey', '{id}', ''),
                ('webhook_events', 'webhook_events_once', '{type,subject_id,occurrence}', '')
            ), present as (
                select i.indrelid, i.indexrelid, x.relname::text as name,
                       i.indisunique and i.indimmediate and i.indexprs is null as is_unique,
                       i.indisvalid and i.indisready and i.indislive as usable,
                       (select array_agg(a.attname::text order by k.n)
                        from unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) with ordinality as k (attnum, n)
                        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns,
                       coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate,
                       regexp_replace(coalesce(pg_get_expr(i.indpred, i.indrelid), ''), '::[a-z ]+(\\[\\])?|[()[:space:]]', '', 'g')
                           as bare_predicate
                from pg_index i
                join pg_class x on x.oid = i.indexrelid
            ), matched as (
                select o.table_name, o.index_name, o.columns, o.predicate, p.indexrelid, p.name, p.is_unique, p.usable,
                       p.columns as has_columns, p.predicate as has_predicate,
                       p.columns <@ o.columns and (p.columns @> o.columns or o.index_name like '%\\_pkey' and o.columns @> '{id}')
                           or o.index_name = 'chats_pkey' and p.columns = '{id,participants_key}' as same_columns,
                       p.bare_predicate = o.predicate as same_predicate
                from ours o
                left join present p on p.indrelid = to_regclass(o.table_name)
                where to_regclass(o.table_name) is not null
            )
            select 'missing' as kind, o.index_name, o.index_name || ' on ' || o.table_name || ' (' || array_to_string(o.columns, ', ') || ') '
                || coalesce((
                    select case
                        when not m.is_unique then 'is not unique, or only later than at once'
                        when not coalesce(m.same_columns, false) then 'is on (' || array_to_string(m.has_columns, ', ') || ')'
                        when not m.same_predicate and m.has_predicate = '' then 'forbids more than it should: it has no predicate'
                        when not m.same_predicate then 'has the predicate ' || m.has_predicate
                        else 'is invalid: a build of it broke off' end
                    from matched m
                    where m.table_name = o.table_name and m.index_name = o.index_name and m.name = o.index_name), 'is missing') as fault
            from ours o
            where to_regclass(o.table_name) is not null
              and not exists (
                  select from matched m
                  where m.table_name = o.table_name and m.index_name = o.index_name
                    and m.is_unique and m.usable and m.same_columns and m.same_predicate)
            union all
            select 'beside', m.index_name, m.name || ' on ' || m.table_name || ' (' || array_to_string(m.columns, ', ')
                || ') forbids what ' || m.index_name || ' allows: its predicate is ' || coalesce(nullif(m.has_predicate, ''), 'none')
            from matched m
            where m.name <> m.index_name and m.is_unique and m.has_columns <@ m.columns and m.has_columns @> m.columns
              and not m.same_predicate
            """;

    static final Check VALID = new Check(
            "unique-indexes-valid",
            List.of(new Check.Part(
                    List.of(),
                    "select count(*) as count, string_agg(fault, '; ' order by fault) as detail from (" + FAULTS
                            + ") f")));

    private static final String MISSING =
            "select index_name from (" + FAULTS + ") f where kind = 'missing' and index_name = ?";

    private final Sql sql;

    UniqueIndexes(Sql sql) {
        this.sql = sql;
    }

    /** Whether no index has the properties of the required index with this name. */
    boolean isMissing(String indexName) {
        return sql.first(MISSING, row -> true, indexName).isPresent();
    }
}
