package dev.importonce.target.declare;

import java.util.Set;

/** The service's own tables, all in the schema in which it runs. No declaration can have one of them, except a shipped one. */
final class OwnTables {
    static final Set<String> NAMES = Set.of(
            "uploads",
            "source_blocks",
            "sources",
            "renditions",
            "migration_jobs",
            "idempotency_keys",
            "import_chunks",
            "import_rejects",
            "import_refusals",
            "import_targets",
            "remembered_mappings",
            "target_staging",
            "target_rows",
            "target_before_images",
            "contacts",
            "contact_staging",
            "contact_before_images",
            "chats",
            "chat_messages",
            "chat_staging",
            "send_queue",
            "sent_messages",
            "send_rates",
            "message_staging",
            "dedupe_log",
            "webhook_events",
            "flyway_schema_history");

    private OwnTables() {}
}
