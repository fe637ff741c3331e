package dev.importonce.chat;

import dev.importonce.identity.Caller;
import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Puts a message into a chat, or into the one it was merged into. */
@ApplicationScoped
class PostMessage {
    /**
     * A merge at the same moment: the share lock waits until it has ended and then reads the row again, so the message
     * goes to the surviving chat; or the merge waits for the message and moves it along. The foreign key alone would not
     * wait, since a merge changes no key, and the message would stay behind. Locks are taken in one order, redirect
     * before survivor, here and in the merge.
     */
    private static final String POST = """
            with chat as (
                select coalesce(merged_into, id) as id
                from chats
                where id = ? and (?::text is null or ?::text = any(participants))
                for share
            )
            insert into chat_messages (id, chat_id, sender_id, body)
            select ?, id, ?, ? from chat
            returning id, chat_id, sender_id, body, created_at
            """;

    private final Sql sql;

    PostMessage(Sql sql) {
        this.sql = sql;
    }

    /** The message as stored; a problem (404) when there is no such chat or the caller is not in it. */
    Message post(Caller who, String chatId, String body) {
        UUID sender = who.user();
        String viewer = Chats.viewer(who);
        UUID chat = Chats.uuid(chatId);
        return sql.first(POST, Message::of, chat, viewer, viewer, Ids.next(), sender, body)
                .orElseThrow(Chats::notFound);
    }
}
