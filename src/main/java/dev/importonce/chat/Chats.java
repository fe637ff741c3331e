package dev.importonce.chat;

import dev.importonce.identity.Caller;
import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Reads;
import dev.importonce.postgres.Sql;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads chats and their messages. The id of a chat that was merged away leads to the chat into which it was merged. */
@ApplicationScoped
class Chats implements PanacheRepositoryBase<StoredChat, UUID> {
    private static final String SEEN_BY = "id = ?1 and cast(sql('? = any(?)', ?2, members) as boolean) = true";

    /**
     * Reads, in one snapshot, the chat and all chats merged into it: a merge first redirects and then moves the messages in
     * batches, so that every message is visible at every moment.
     */
    private static final String NEWEST = """
            select m.id, k.id as chat_id, m.sender_id, m.body, m.created_at
            from (
                select coalesce(merged_into, id) as id,
                       coalesce(?::timestamptz, 'infinity') as before,
                       coalesce(?::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') as before_id,
                       ?::integer as most
                from chats
                where id = ?
            ) k
            cross join lateral (
                (select id, sender_id, body, created_at
                 from chat_messages
                 where chat_id = k.id and (created_at, id) < (k.before, k.before_id)
                 order by created_at desc, id desc
                 limit k.most)
                union all
                select l.id, l.sender_id, l.body, l.created_at
                from chats d
                cross join lateral (
                    select id, sender_id, body, created_at
                    from chat_messages
                    where chat_id = d.id and (created_at, id) < (k.before, k.before_id)
                    order by created_at desc, id desc
                    limit k.most
                ) l
                where d.merged_into = k.id
            ) m
            order by m.created_at desc, m.id desc
            limit ?
            """;

    private final Sql sql;
    private final Reads reads;

    Chats(Sql sql, Reads reads) {
        this.sql = sql;
        this.reads = reads;
    }

    /** The chat with that id; a problem (404) when it does not exist or the caller is not a participant. */
    Chat find(Caller who, String id) {
        String viewer = viewer(who);
        UUID uuid = uuid(id);
        Found found =
                (viewer == null ? first("id = ?1", uuid) : first(SEEN_BY, uuid, viewer)).orElseThrow(Chats::notFound);
        return found.mergedInto() == null
                ? found.chat()
                : first("id = ?1", found.mergedInto())
                        .orElseThrow(Chats::notFound)
                        .chat();
    }

    private Optional<Found> first(String query, Object... parameters) {
        return reads.of(() -> find(query, parameters).project(Found.class).firstResultOptional());
    }

    /** A chat's messages, newest first, after a position; null: begins with the newest. */
    List<Message> newest(UUID chat, TimeCursor after, int limit) {
        return sql.list(
                NEWEST,
                Message::of,
                after == null ? null : after.createdAt(),
                after == null ? null : after.id(),
                limit,
                chat,
                limit);
    }

    /** The participant whose chats the caller may see; null: the caller may see every chat. */
    static String viewer(Caller who) {
        return who.isLocal() || who.readsAll() ? null : who.user().toString();
    }

    /** Parses an id; a problem (404) when the text is not an id. */
    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-chat"));
    }

    @RegisterForReflection
    record Found(UUID id, String[] participants, String participantsKey, Instant createdAt, UUID mergedInto) {
        Chat chat() {
            return Chat.of(id, List.of(participants), participantsKey, createdAt);
        }
    }
}
