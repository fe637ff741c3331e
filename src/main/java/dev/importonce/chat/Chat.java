package dev.importonce.chat;

import dev.importonce.postgres.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A chat as its participants see it.
 *
 * @param participants in code point order, each once
 * @param participantsKey null for an old row whose key is not filled in yet
 */
@RegisterForReflection
record Chat(
        UUID id,
        List<String> participants,
        @Schema(nullable = true) String participantsKey,
        Instant createdAt) {
    static Chat of(Row row) {
        return of(row.uuid("id"), row.texts("participants"), row.text("participants_key"), row.instant("created_at"));
    }

    /** @param participants in any order, also several times */
    static Chat of(UUID id, List<String> participants, String participantsKey, Instant createdAt) {
        return new Chat(
                id,
                participants.stream()
                        .distinct()
                        .sorted(Participants.BY_CODE_POINT)
                        .toList(),
                participantsKey,
                createdAt);
    }
}
