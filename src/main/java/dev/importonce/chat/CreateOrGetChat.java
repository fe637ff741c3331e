package dev.importonce.chat;

import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** The one chat of a set of participants: found, or made when there is none. */
@ApplicationScoped
class CreateOrGetChat {
    private static final Logger LOG = Logger.getLogger(CreateOrGetChat.class);

    /**
     * Finding comes first and neither writes nor locks. Two callers at once that both find nothing: the constraint lets
     * one insert; the other waits for it and gets that row, which only DO UPDATE returns (DO NOTHING would return no row:
     * the winner's is younger than this statement's snapshot). What it sets is what is there, and no key, so that it does
     * not stand in the way of messages.
     */
    private static final String CREATE_OR_GET = """
            with found as (
                select id, participants, participants_key, created_at, false as created
                from chats
                where participants_key = ?
            ), made as (
                insert into chats as c (id, participants, participants_key)
                select ?, ?, ?
                where not exists (select from found)
                on conflict (participants_key) do update set created_at = c.created_at
                returning c.id, c.participants, c.participants_key, c.created_at, c.id = ? as created
            )
            select * from found
            union all
            select * from made
            """;

    private final Sql sql;

    CreateOrGetChat(Sql sql) {
        this.sql = sql;
    }

    CreatedOrGot createOrGet(Participants participants) {
        String key = ParticipantsKey.of(participants).value();
        UUID id = Ids.next();
        CreatedOrGot answer = sql.one(
                CREATE_OR_GET,
                row -> new CreatedOrGot(Chat.of(row), row.bool("created")),
                key,
                id,
                participants.members().toArray(String[]::new),
                key,
                id);
        if (answer.created()) LOG.infof("chat %s created", id);
        return answer;
    }

    /** @param created whether this call made it */
    @RegisterForReflection
    @Schema(name = "ChatAnswer")
    record CreatedOrGot(Chat chat, boolean created) {}
}
