package dev.importonce.chat;

import dev.importonce.postgres.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message as the participants of its chat see it.
 *
 * @param chatId the chat that has the message now: the surviving chat if it was sent to a chat that was merged away
 */
@RegisterForReflection
@Schema(name = "Message")
record Message(UUID id, UUID chatId, UUID senderId, String body, Instant createdAt) {
    static Message of(Row row) {
        return new Message(
                row.uuid("id"),
                row.uuid("chat_id"),
                row.uuid("sender_id"),
                row.text("body"),
                row.instant("created_at"));
    }
}
