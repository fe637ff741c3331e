package dev.importonce.integrity;

import dev.importonce.fixture.Database;
import java.util.UUID;

/** Tables and rows as the rules forbid them. */
final class Damage {
    private Damage() {}

    /** An active job that nobody submitted, with a pending block; its source, too. */
    static UUID job(Database database, UUID user, String baseKey) {
        UUID source = UUID.randomUUID();
        UUID job = UUID.randomUUID();
        database.update("""
                insert into sources (id, user_id, sha256, byte_count, format, header, row_count)
                values (?, ?, decode(md5(random()::text) || md5(random()::text), 'hex'), 1, '{}', '{email}', 10)
                """, source, user);
        database.update("""
                insert into migration_jobs (id, user_id, org_id, target, source_id, mapping, format, header, base_idempotency_key,
                    idempotency_key, blocks, shares, total_rows)
                values (?, ?, ?, 'contacts', ?, '{}', '{}', '{email}', ?, ?, 1, 1, 10)
                """, job, user, user, source, baseKey, baseKey + "_" + job);
        database.update("""
                insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
                values (?, ?, 'reading', 0, 'pending', now(), now(), 0, 1, 1, 10)
                """, job, user);
        return job;
    }

    /** The send queue and what was sent, as agreed, but without their keys. */
    static void bareSendTables(Database database) {
        database.update("drop table if exists send_queue, sent_messages cascade");
        database.update("""
                create table send_queue (id uuid not null, org_id uuid not null, campaign_id text not null, prospect_id text not null,
                    step integer not null, status text not null, due_at timestamptz, turn timestamptz default now())
                """);
        database.update("""
                create table sent_messages (org_id uuid not null, campaign_id text not null, prospect_id text not null,
                    step integer not null, item_id uuid, channel text, sent_at timestamptz default now())
                """);
    }

    /** The keys that they lack. */
    static void sendKeys(Database database) {
        database.update("alter table send_queue add primary key (id, org_id)");
        database.update("alter table send_queue add unique (org_id, campaign_id, prospect_id, step)");
        database.update("alter table sent_messages add primary key (org_id, campaign_id, prospect_id, step)");
    }

    /** The chats, as agreed, but without their keys. */
    static void bareChats(Database database) {
        database.update("drop table if exists chats cascade");
        database.update("""
                create table chats (id uuid not null, participants text[] not null, participants_key text collate "C",
                    merged_into uuid, created_at timestamptz not null default now())
                """);
    }
}
