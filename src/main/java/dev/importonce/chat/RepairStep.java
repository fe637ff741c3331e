package dev.importonce.chat;

import dev.importonce.key.Ids;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The short transactions of a repair. A unique violation (23505) means that another transaction has created a chat with that
 * key at the same time: try again.
 */
@ApplicationScoped
class RepairStep {
    /** The result for a chat without a key. */
    enum Settled {
        KEY_FILLED,
        MERGED,
        NOTHING_TO_DO
    }

    /**
     * Repairs run one transaction after another. This lock is a separate statement, so that the statements after it see the
     * changes of the previous transaction.
     */
    private static final String TAKE_TURN =
            "select pg_advisory_xact_lock(hashtextextended('importonce.chat.repair', 0))";

    private static final String FILL = """
            update chats c
            set participants_key = k.key
            from unnest(?::uuid[], ?::text[]) as k (id, key)
            where c.id = k.id and c.participants_key is null and c.merged_into is null
              and not exists (select from chats h where h.participants_key = k.key)
            """;

    /** Locks redirects before the chats to which they lead; sending a message to a redirect locks in the same order. */
    private static final String LOCK_REDIRECTS = """
            select id
            from chats
            where merged_into in (select id from chats where id = ? or participants_key = ?)
            order by id
            for update
            """;

    /** The chat, if it still has no key, and the chat that has its key, if any: the oldest first. */
    private static final String LOCK = """
            select id, participants_key
            from chats
            where id = ? and participants_key is null and merged_into is null or participants_key = ?
            order by created_at, id
            for update
            """;

    private static final String REDIRECT = "update chats set participants_key = null, merged_into = ? where id = ?";

    private static final String KEEP = """
            update chats set participants_key = ? where id = ? and participants_key is null
            """;

    private static final String SHORTEN_REDIRECTS = """
            with shortened as (
                update chats set merged_into = ? where merged_into = ? returning id
            )
            insert into dedupe_log (id, kind, kept_id, removed_id, removed)
            select ?, 'chats', ?, ?, jsonb_build_object(
                'participantsKey', ?::text,
                'redirects', (select coalesce(jsonb_agg(id order by id), '[]') from shortened))
            """;

    /**
     * Skips messages that another repair moves at this moment. Locks the redirect, so that it keeps leading to the chat that
     * gets the messages.
     */
    private static final String MOVE = """
            with batch as (
                select m.id, c.id as removed_id, c.merged_into as kept_id
                from chats c
                join chat_messages m on m.chat_id = c.id
                where c.id = ? and c.merged_into is not null
                limit 1000
                for share of c
                for update of m skip locked
            ), moved as (
                update chat_messages m
                set chat_id = b.kept_id
                from batch b
                where m.chat_id = b.removed_id and m.id = b.id
                returning m.id, b.kept_id, b.removed_id
            ), logged as (
                insert into dedupe_log (id, kind, kept_id, removed_id, removed)
                select ?::uuid, 'chats', kept_id, removed_id, jsonb_build_object('messages', jsonb_agg(id order by id))
                from moved
                group by kept_id, removed_id
            )
            select count(*) as moved from moved
            """;

    private final Sql sql;

    RepairStep(Sql sql) {
        this.sql = sql;
    }

    /**
     * Gives chats their keys, except those whose key another chat has: the merge handles them.
     *
     * @return the number of keys filled in
     */
    @Transactional
    int fill(Map<ParticipantsKey, UUID> oldestByKey) {
        sql.one(TAKE_TURN, row -> row);
        return sql.update(
                FILL,
                oldestByKey.values().stream().map(UUID::toString).toArray(String[]::new),
                oldestByKey.keySet().stream().map(ParticipantsKey::value).toArray(String[]::new));
    }

    /** Gives one chat its key, or merges it with the chat that has the key: the older of the two stays. */
    @Transactional
    Settled settle(UUID keyless, ParticipantsKey key) {
        sql.one(TAKE_TURN, row -> row);
        sql.list(LOCK_REDIRECTS, row -> row.uuid("id"), keyless, key.value());
        List<Locked> chats = sql.list(LOCK, Locked::of, keyless, key.value());
        if (chats.stream().noneMatch(chat -> chat.id().equals(keyless))) return Settled.NOTHING_TO_DO;
        UUID kept = chats.get(0).id();
        if (chats.size() > 1) redirect(chats.get(1), kept);
        sql.update(KEEP, key.value(), kept);
        return chats.size() > 1 ? Settled.MERGED : Settled.KEY_FILLED;
    }

    private void redirect(Locked removed, UUID kept) {
        sql.update(REDIRECT, kept, removed.id());
        sql.update(SHORTEN_REDIRECTS, kept, removed.id(), Ids.next(), kept, removed.id(), removed.key());
    }

    /**
     * Moves messages out of a chat that was merged away.
     *
     * @return number of messages moved; 0 when there are no more, or another repair is moving them
     */
    @Transactional
    long move(UUID redirect) {
        return sql.one(MOVE, row -> row.bigint("moved"), redirect, Ids.next());
    }

    private record Locked(UUID id, String key) {
        static Locked of(Row row) {
            return new Locked(row.uuid("id"), row.text("participants_key"));
        }
    }
}
