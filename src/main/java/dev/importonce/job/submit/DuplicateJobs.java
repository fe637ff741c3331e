package dev.importonce.job.submit;

import dev.importonce.cleanup.Cleanup;
import dev.importonce.cleanup.Group;
import dev.importonce.cleanup.Plan;
import dev.importonce.cleanup.UniqueIndex;
import dev.importonce.job.chunk.EndJob;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Cancels surplus active jobs with the same base key; the first one continues. */
@ApplicationScoped
class DuplicateJobs implements Cleanup {
    private static final UniqueIndex INDEX =
            new UniqueIndex("migration_jobs", "unique_base_idempotency_key_active", """
            create unique index concurrently if not exists unique_base_idempotency_key_active
            on migration_jobs (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')
            """);

    private static final String PLAN = """
            select (array_agg(id::text order by created_at, id))[1]::uuid as kept,
                   (array_agg(id::text order by created_at, id))[2:] as surplus
            from migration_jobs
            where status not in ('cancelled', 'completed', 'failed') and base_idempotency_key is not null
            group by user_id, base_idempotency_key
            having count(*) > 1
            order by 1
            """;

    private static final String LIMIT = """
            select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '30s', true)
            """;

    /** Two clean-ups at once: each skips the rows that the other one holds. */
    private static final String LOCK = """
            select id, user_id, user_id || ' ' || base_idempotency_key as key
            from migration_jobs
            where id = any (?::uuid[]) and status not in ('cancelled', 'completed', 'failed')
            order by id
            for update skip locked
            """;

    private static final String LOG = """
            insert into dedupe_log (kind, kept_id, removed_id, removed)
            select 'jobs', ?, j.id, to_jsonb(j) from migration_jobs j where j.id = ? and j.user_id = ?
            """;

    private final Sql sql;
    private final EndJob end;

    DuplicateJobs(Sql sql, EndJob end) {
        this.sql = sql;
        this.end = end;
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<String> tables() {
        return List.of("migration_jobs", "import_chunks");
    }

    @Override
    public UniqueIndex index() {
        return INDEX;
    }

    @Override
    public Plan plan() {
        return new Plan(sql.list(PLAN, DuplicateJobs::group), List.of());
    }

    @Override
    @Transactional
    public int apply(List<Group> batch) {
        sql.one(LIMIT, row -> row);
        List<String> ids = new ArrayList<>();
        for (Group group : batch) {
            ids.add(group.kept().toString());
            group.surplus().forEach(id -> ids.add(id.toString()));
        }
        Map<UUID, Active> locked = new LinkedHashMap<>();
        sql.list(LOCK, Active::of, (Object) ids.toArray(String[]::new)).forEach(job -> locked.put(job.id(), job));
        int cancelled = 0;
        for (Group group : batch) {
            Active kept = locked.get(group.kept());
            if (kept == null) continue;
            for (UUID id : group.surplus()) {
                Active job = locked.get(id);
                if (job == null || !job.key().equals(kept.key())) continue;
                sql.update(LOG, kept.id(), job.id(), job.userId());
                if (end.cancel(job.userId(), job.id())) cancelled++;
            }
        }
        return cancelled;
    }

    private static Group group(Row row) {
        return new Group(
                row.uuid("kept"),
                row.texts("surplus").stream().map(UUID::fromString).toList());
    }

    private record Active(UUID id, UUID userId, String key) {
        static Active of(Row row) {
            return new Active(row.uuid("id"), row.uuid("user_id"), row.text("key"));
        }
    }
}
