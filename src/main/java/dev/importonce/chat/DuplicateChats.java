package dev.importonce.chat;

import dev.importonce.cleanup.Cleanup;
import dev.importonce.cleanup.Group;
import dev.importonce.cleanup.Plan;
import dev.importonce.cleanup.UniqueIndex;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Duplicate chats that were created before chats had keys. */
@ApplicationScoped
class DuplicateChats implements Cleanup {
    private static final String GROUPS = """
            select kept_id, coalesce(array_agg(id::text order by created_at, id) filter (where id <> kept_id), '{}') as surplus
            from chat_groups
            where usable and (id <> kept_id or not has_key)
            group by kept_id
            order by kept_id
            limit 1000
            """;

    private static final String UNUSABLE =
            "select id from chat_groups where usable is not true order by created_at, id limit 1000";

    private static final UniqueIndex INDEX = new UniqueIndex("chats", "unique_chat_participants", """
            create unique index concurrently if not exists unique_chat_participants on chats (participants_key)
            """);

    private final Sql sql;
    private final ChatRepair repair;

    DuplicateChats(Sql sql, ChatRepair repair) {
        this.sql = sql;
        this.repair = repair;
    }

    @Override
    public String name() {
        return "chats";
    }

    @Override
    public List<String> tables() {
        return List.of("chats", "chat_messages", "chat_groups");
    }

    @Override
    public Plan plan() {
        return new Plan(sql.list(GROUPS, DuplicateChats::group), sql.list(UNUSABLE, row -> row.uuid("id")));
    }

    /** The repair processes all chats in short transactions during the first batch; after that nothing is left to do. */
    @Override
    public int apply(List<Group> batch) {
        Repaired repaired = repair.mergeDuplicates();
        return Math.toIntExact(repaired.keysFilled() + repaired.merged());
    }

    @Override
    public UniqueIndex index() {
        return INDEX;
    }

    private static Group group(Row row) {
        return new Group(
                row.uuid("kept_id"),
                row.texts("surplus").stream().map(UUID::fromString).toList());
    }
}
