package dev.importonce.chat;

import dev.importonce.postgres.Row;
import java.util.List;
import java.util.UUID;

/**
 * What a repair of the chats would do now.
 *
 * @param keysToFill chats that lack their key and are, or will be, the only one of their participants
 * @param duplicates chats that would be merged away
 * @param unusable old chats whose participants can have no key: fewer than two, over a hundred, blank, too long; they
 *     stay as they are
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
     * @param messages how many of them would move to the one that is kept
     */
    public record Duplicate(UUID keptId, UUID removedId, long messages) {
        static Duplicate of(Row row) {
            return new Duplicate(row.uuid("kept_id"), row.uuid("id"), row.bigint("messages"));
        }
    }
}
