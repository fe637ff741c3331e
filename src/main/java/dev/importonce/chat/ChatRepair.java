package dev.importonce.chat;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repairs chats that were created before chats had keys: fills in missing keys and merges chats with the same participants.
 * A repair may run at any time, also several times at once: it uses short transactions, and the next repair continues after
 * an interrupted one. Merged chats are in {@code dedupe_log} for 30 days.
 */
@ApplicationScoped
public class ChatRepair {
    private static final Logger LOG = Logger.getLogger(ChatRepair.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int MAX_TRIES = 20;

    /**
     * A page of the chats that still need a repair, after a given chat: chats are never removed, so the place of that chat
     * in the order is stable.
     */
    private static final String KEYLESS = """
            select id, case
                when exists (select from unnest(participants) p where p is null) then '{}'
                else array(select unnest(participants)) end as participants
            from chats
            where participants_key is null and merged_into is null
              and (created_at, id) > (
                  coalesce((select l.created_at from chats l where l.id = ?), '-infinity'),
                  coalesce(?::uuid, '00000000-0000-0000-0000-000000000000'))
            order by created_at, id
            limit 500
            """;

    private static final String LEFT_BEHIND = """
            select c.id
            from chats c
            where c.merged_into is not null and exists (select from chat_messages m where m.chat_id = c.id)
            order by c.id
            limit 1000
            """;

    private static final String COUNTS = """
            select count(*) filter (where usable and id = kept_id and not has_key) as keys_to_fill,
                   count(*) filter (where usable and id <> kept_id) as duplicates,
                   count(*) filter (where usable is not true) as unusable
            from chat_groups
            """;

    private static final String DUPLICATES = """
            select g.id, g.kept_id, (select count(*) from chat_messages m where m.chat_id = g.id) as messages
            from chat_groups g
            where g.usable and g.id <> g.kept_id
            order by g.kept_id, g.created_at, g.id
            limit 1000
            """;

    private final Sql sql;
    private final RepairStep step;

    ChatRepair(Sql sql, RepairStep step) {
        this.sql = sql;
        this.step = step;
    }

    /** The changes that {@link #mergeDuplicates} would make now; writes nothing. */
    public RepairPlan plan() {
        List<RepairPlan.Duplicate> first = sql.list(DUPLICATES, RepairPlan.Duplicate::of);
        return sql.one(COUNTS, row -> RepairPlan.of(row, first));
    }

    /**
     * Fills in missing keys, oldest chats first; of several chats with the same participants only the oldest gets the key.
     *
     * @return number of keys filled in
     */
    public long fillKeys() {
        long[] filled = {0};
        eachPage(page -> {
            Map<ParticipantsKey, UUID> oldestByKey = new LinkedHashMap<>();
            for (KeylessChat chat : page) chat.key().ifPresent(key -> oldestByKey.putIfAbsent(key, chat.id()));
            filled[0] += insistently(() -> step.fill(oldestByKey));
        });
        if (filled[0] > 0) LOG.infof("%d chats got their key", filled[0]);
        return filled[0];
    }

    /**
     * Fills in missing keys. If two chats have the same key, makes the newer one a redirect to the older one, and moves the
     * messages.
     */
    public Repaired mergeDuplicates() {
        long[] filled = {fillKeys()};
        long[] merged = {0};
        eachPage(page -> page.forEach(chat -> chat.key().ifPresent(key -> {
            switch (insistently(() -> step.settle(chat.id(), key))) {
                case KEY_FILLED -> filled[0]++;
                case MERGED -> merged[0]++;
                case NOTHING_TO_DO -> {}
            }
        })));
        long moved = moveLeftBehind();
        if (merged[0] + moved > 0) LOG.infof("%d duplicate chats merged, %d messages moved", merged[0], moved);
        return new Repaired(filled[0], merged[0], moved);
    }

    private long moveLeftBehind() {
        long moved = 0;
        while (true) {
            long before = moved;
            for (UUID redirect : sql.list(LEFT_BEHIND, row -> row.uuid("id")))
                for (long batch = step.move(redirect); batch > 0; batch = step.move(redirect)) moved += batch;
            // Nothing is left, or only messages that other repairs are moving.
            if (moved == before) return moved;
        }
    }

    private void eachPage(Consumer<List<KeylessChat>> work) {
        UUID last = null;
        while (true) {
            List<KeylessChat> page = sql.list(KEYLESS, KeylessChat::of, last, last);
            if (page.isEmpty()) return;
            work.accept(page);
            last = page.get(page.size() - 1).id();
        }
    }

    /**
     * Tries again after a failure: it means that another caller has created a chat with one of the keys, which the next try
     * sees.
     */
    private static <T> T insistently(Supplier<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (DatabaseException e) {
                if (!e.state().equals(UNIQUE_VIOLATION) || tries == MAX_TRIES) throw e;
            }
        }
    }
}
