package dev.importonce.chat;

import dev.importonce.postgres.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An old chat without a key.
 *
 * @param participants as stored; empty when one of them is null
 */
record KeylessChat(UUID id, List<String> participants) {
    static KeylessChat of(Row row) {
        return new KeylessChat(row.uuid("id"), row.texts("participants"));
    }

    /** The key of the chat; empty when its participants cannot have a key. */
    Optional<ParticipantsKey> key() {
        try {
            return Optional.of(ParticipantsKey.of(new Participants(participants)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
