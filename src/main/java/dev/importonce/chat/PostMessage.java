package dev.importonce.chat;

import dev.importonce.identity.Caller;
import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Adds a message to a chat, or to the chat into which it was merged. */
@ApplicationScoped
class PostMessage {
    /**
     * A merge may run at the same moment. Either the share lock waits until the merge has ended and then reads the row
     * again, so that the message goes to the surviving chat; or the merge waits for the message and moves it. The foreign
     * key alone would not wait, since a merge changes no key, and the message would stay in the merged chat. Both here and
     * in the merge the redirect is locked before the surviving chat.
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

    /** The message as stored; a problem (404) when there is no such chat or the caller is not a participant. */
    Message post(Caller who, String chatId, String body) {
        UUID sender = who.user();
        String viewer = Chats.viewer(who);
        UUID chat = Chats.uuid(chatId);
        return sql.first(POST, Message::of, chat, viewer, viewer, Ids.next(), sender, body)
                .orElseThrow(Chats::notFound);
    }
}
