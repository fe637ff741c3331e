package dev.importonce.chat;

import dev.importonce.key.Ids;
import dev.importonce.postgres.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** Finds the only chat of a set of participants, or creates it. */
@ApplicationScoped
class CreateOrGetChat {
    private static final Logger LOG = Logger.getLogger(CreateOrGetChat.class);

    /**
     * The statement first searches for the chat, without a write or lock. Two callers at once may both find nothing: then
     * the constraint lets one of them insert; the other one waits and gets the first one's row. Only DO UPDATE returns that
     * row (DO NOTHING would return nothing, since the row is newer than this statement's snapshot). The update writes the
     * values that are stored already and no key column, so that its lock does not block new messages.
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

    /** @param created whether this call created the chat */
    @RegisterForReflection
    @Schema(name = "ChatAnswer")
    record CreatedOrGot(Chat chat, boolean created) {}
}
