package dev.importonce.job;

import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads jobs with their progress, and without the columns of their files: see {@link JobColumns}. */
@ApplicationScoped
class Jobs {
    private static final String FIND = """
            select id, user_id, org_id, target, source_id, file_name, mapping, status, step, base_idempotency_key, idempotency_key,
                   duplicate_requests, retry_of, total_rows, read_rows, inserted, updated, unchanged, skipped, overridden, rejected,
                   error, created_at, started_at, finished_at, byte_count, sha256, undo_requested_at, undone_at, undo_error,
                   undoable, undone, kept, kept_first,
                   (select n.notices from migration_jobs n where n.id = p.id and n.user_id = p.user_id) as notices
            from migration_job_progress p
            where id = ? and user_id = ?
            """;

    private static final String FIND_ANYBODYS = """
            select user_id, id, org_id, target, source_id, file_name, mapping, status, step, base_idempotency_key, idempotency_key,
                   duplicate_requests, retry_of, total_rows, read_rows, inserted, updated, unchanged, skipped, overridden, rejected,
                   error, created_at, started_at, finished_at, byte_count, sha256, undo_requested_at, undone_at, undo_error,
                   undoable, undone, kept, kept_first,
                   (select n.notices from migration_jobs n where n.id = p.id and n.user_id = p.user_id) as notices
            from migration_job_progress p
            where id = ?
            """;

    private static final String NEWEST = """
            select id, user_id, org_id, target, source_id, file_name, mapping, status, step, base_idempotency_key, idempotency_key,
                   duplicate_requests, retry_of, total_rows, read_rows, inserted, updated, unchanged, skipped, overridden, rejected,
                   error, created_at, started_at, finished_at, byte_count, sha256, undo_requested_at, undone_at, undo_error,
                   undoable, undone, kept, kept_first,
                   (select n.notices from migration_jobs n where n.id = p.id and n.user_id = p.user_id) as notices
            from migration_job_progress p
            where user_id = ? and (?::text is null or status = ?)
              and (?::timestamptz is null or created_at < ? or created_at = ? and id < ?)
            order by created_at desc, id desc
            limit ?
            """;

    private final Sql sql;

    Jobs(Sql sql) {
        this.sql = sql;
    }

    /** @param userId whose job it must be; null: anybody's */
    Optional<MigrationJob> find(UUID userId, UUID id) {
        return userId == null
                ? sql.first(FIND_ANYBODYS, MigrationJob::of, id)
                : sql.first(FIND, MigrationJob::of, id, userId);
    }

    /**
     * A user's jobs, newest first, from behind a position on.
     *
     * @param status null: in any
     * @param after null: from the newest on
     */
    List<MigrationJob> newest(UUID userId, JobStatus status, TimeCursor after, int limit) {
        String word = status == null ? null : status.word();
        var time = after == null ? null : after.createdAt();
        return sql.list(
                NEWEST,
                MigrationJob::of,
                userId,
                word,
                word,
                time,
                time,
                time,
                after == null ? null : after.id(),
                limit);
    }
}
