package dev.importonce.platform;

import dev.importonce.fixture.Database;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of ten other users and organisations in every table: by the statistics, whoever is not one of them has a row at most. */
final class Neighbours {
    /** In each table, or a multiple of it. */
    static final int ROWS = 20_000;

    /** In the order of their foreign keys. Nothing of it is due, and nothing old enough to be swept. */
    private static final List<String> INSERTS = List.of(
            """
            insert into uploads (id, user_id, created_at, touched_at)
            select md5('upload' || n)::uuid, tenant, now() - interval '10 days', 'infinity' from neighbour
            """,
            """
            insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, payload)
            select md5('upload' || n)::uuid, tenant, 0, 0, 10, 6, 2, 1, '\\x656d61696c0a61406200' from neighbour
            """,
            """
            insert into sources (id, user_id, upload_id, sha256, byte_count, format, header, row_count, created_at, last_used_at)
            select md5('source' || n)::uuid, tenant, md5('upload' || n)::uuid, sha256(convert_to(n::text, 'UTF8')), 10,
                   '{"type": "csv", "delimiter": ",", "encoding": "UTF-8"}', '{email}', 1, now() - interval '10 days',
                   now() - interval '10 days'
            from neighbour
            """,
            """
            insert into renditions (source_id, user_id, asked, format, header, upload_id)
            select md5('source' || n)::uuid, tenant, '{}', '{}', '{email}', md5('upload' || n)::uuid from neighbour
            """,
            """
            insert into migration_jobs (id, user_id, org_id, target, source_id, mapping, format, header, status, base_idempotency_key,
                idempotency_key, blocks, shares, total_rows, read_rows, inserted, updated, unchanged, skipped, overridden, rejected, created_at,
                updated_at, started_at, finished_at, before_images, done_rows, percent)
            select md5('job' || n)::uuid, tenant, tenant, 'contacts', md5('source' || n)::uuid, '{"undoable": true}', '{}', '{email}',
                   'completed', 'v1:' || n, 'v1:' || n, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, now() - interval '10 days', now() - interval '10 days',
                   now() - interval '10 days', now() - interval '10 days', true, 2, 100
            from neighbour
            """,
            """
            insert into idempotency_keys (user_id, key, base_idempotency_key, job_id, created_at)
            select tenant, n::text, 'v1:' || n, md5('job' || n)::uuid, now() - interval '10 days' from neighbour
            """,
            """
            insert into import_chunks (job_id, user_id, step, ordinal, status, turn, byte_offset, byte_length, first_row, row_count, read_rows,
                inserted)
            select md5('job' || n)::uuid, tenant, step, 0, 'done', now() - interval '10 days', 6, 4, 2, 1, (step = 'reading')::integer,
                   (step = 'merging')::integer
            from neighbour, unnest('{reading,merging}'::text[]) step
            """,
            "insert into import_rejects (job_id, user_id, ordinal, rejects) select md5('job' || n)::uuid, tenant, 0, '[]' from neighbour",
            "insert into import_refusals (job_id, user_id, ordinal, share, rejects) select md5('job' || n)::uuid, tenant, 0, 0, '[]' from neighbour",
            """
            insert into contact_before_images (job_id, user_id, share, part, contact_id, email, before, after, attributes_before,
                attributes_after)
            select md5('job' || n)::uuid, tenant, 0, 0, array[md5('contact' || n)::uuid], array['x' || n || '@example.com'],
                   '{null}'::jsonb[], array['{}'::jsonb], '{null}'::jsonb[], array['{}'::jsonb]
            from neighbour
            """,
            """
            insert into remembered_mappings (org_id, columns_sha256, target, mapping, used_at)
            select tenant, sha256(convert_to(n::text, 'UTF8')), 'contacts', '{}', now() - interval '10 days' from neighbour
            """,
            // So long that the index of addresses is a level higher than the other, and costs more to look into.
            """
            insert into contacts (id, org_id, email)
            select md5('contact' || n)::uuid, tenant, repeat('x', 60) || n || '@example.com' from neighbour
            """,
            """
            insert into chats (id, participants, participants_key)
            select md5('chat' || n)::uuid, array[tenant::text, n::text], tenant || '_' || n from neighbour
            """,
            """
            insert into chat_messages (id, chat_id, sender_id, body)
            select md5('message' || n)::uuid, md5('chat' || 1 + n % 10)::uuid, tenant, 'Hello' from neighbour
            """,
            """
            insert into send_queue (id, org_id, campaign_id, prospect_id, step, channel, body, status, sent_at)
            select md5('item' || n)::uuid, tenant, 'c' || n % 10, n::text, 1, 'email', 'Hello', 'sent', now() - interval '10 days'
            from neighbour
            """,
            """
            insert into sent_messages (org_id, campaign_id, prospect_id, step, item_id, channel, sent_at)
            select tenant, 'c' || n % 10, n::text, 1, md5('item' || n)::uuid, 'email', now() - interval '10 days' from neighbour
            """,
            """
            insert into webhook_events (id, type, subject_id, body, state, due_at, created_at, delivered_at, ended_at)
            select md5('event' || n)::uuid, 'import.completed', md5('job' || n)::uuid, '{}', 'delivered', null,
                   now() - interval '10 days', now() - interval '10 days', now() - interval '10 days'
            from neighbour
            union all
            select md5('late' || n)::uuid, 'import.undone', md5('job' || n)::uuid, '{}', 'pending', now() + interval '1 day',
                   now() - interval '10 days', null, null
            from neighbour
            """,
            "insert into send_rates (org_id, channel) select md5('tenant' || n)::uuid, 'email' from neighbour",
            """
            insert into dedupe_log (kind, kept_id, removed_id, removed, created_at)
            select 'contacts', md5('contact' || n)::uuid, gen_random_uuid(), '{}', now() - interval '10 days' from neighbour
            """);

    private Neighbours() {}

    /** Fills every table, and has the statistics taken. */
    static void moveIn(Database database) {
        String all = INSERTS.stream().collect(Collectors.joining(";\n", """
                set local auto_explain.log_min_duration = -1;
                create temporary table neighbour on commit drop as
                select n, md5('tenant' || n %% 10)::uuid as tenant from generate_series(1, %d) n;
                """.formatted(ROWS), ";"));
        database.whileUncommitted(all, () -> {});
        database.update("analyze");
    }
}
