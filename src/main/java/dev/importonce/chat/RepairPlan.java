package dev.importonce.chat;

import dev.importonce.postgres.Row;
import java.util.List;
import java.util.UUID;

/**
 * What a repair of the chats would do now.
 *
 * @param keysToFill chats without a key that are, or will be, the only chat of their participants
 * @param duplicates chats that would be merged away
 * @param unusable old chats whose participants cannot have a key (fewer than two, over a hundred, blank, too long); they are
 *     not changed
 * @param first the duplicates, at most the first thousand
 */
public record RepairPlan(long keysToFill, long duplicates, long unusable, List<Duplicate> first) {
    static RepairPlan of(Row counts, List<Duplicate> first) {
        return new RepairPlan(
                counts.bigint("keys_to_fill"), counts.bigint("duplicates"), counts.bigint("unusable"), first);
    }

    /**
     * A chat that would be merged away.
     *
     * @param messages number of messages that would move to the chat that is kept
     */
    public record Duplicate(UUID keptId, UUID removedId, long messages) {
        static Duplicate of(Row row) {
            return new Duplicate(row.uuid("kept_id"), row.uuid("id"), row.bigint("messages"));
        }
    }
}
