package dev.importonce.job;

import dev.importonce.postgres.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A job with its progress, as the view migration_job_progress has it.
 *
 * @param mapping JSON
 * @param error JSON, a problem; or null
 * @param byteCount null, as everything about the source, in a job from before this service
 * @param undoError JSON, a problem; or null
 * @param undoable whether its mapping asked for it; what is needed may be gone
 * @param keptFirst JSON, an array of the first contacts that an undo left alone; or null
 * @param notices JSON, an array of what its user may not expect; null where nothing is known of it
 */
record MigrationJob(
        UUID id,
        UUID userId,
        UUID orgId,
        String target,
        UUID sourceId,
        String fileName,
        String mapping,
        String status,
        String step,
        String baseIdempotencyKey,
        String idempotencyKey,
        int duplicateRequests,
        UUID retryOf,
        long totalRows,
        long readRows,
        long inserted,
        long updated,
        long unchanged,
        long skipped,
        long overridden,
        long rejected,
        String error,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        Long byteCount,
        String sha256,
        Instant undoRequestedAt,
        Instant undoneAt,
        String undoError,
        boolean undoable,
        long undone,
        long kept,
        String keptFirst,
        String notices) {

    static MigrationJob of(Row row) {
        return new MigrationJob(
                row.uuid("id"),
                row.uuid("user_id"),
                row.uuid("org_id"),
                row.text("target"),
                row.uuid("source_id"),
                row.text("file_name"),
                row.text("mapping"),
                row.text("status"),
                row.text("step"),
                row.text("base_idempotency_key"),
                row.text("idempotency_key"),
                row.integer("duplicate_requests"),
                row.uuid("retry_of"),
                row.bigint("total_rows"),
                row.bigint("read_rows"),
                row.bigint("inserted"),
                row.bigint("updated"),
                row.bigint("unchanged"),
                row.bigint("skipped"),
                row.bigint("overridden"),
                row.bigint("rejected"),
                row.text("error"),
                row.instant("created_at"),
                row.instant("started_at"),
                row.instant("finished_at"),
                row.bigintOrNull("byte_count"),
                row.text("sha256"),
                row.instant("undo_requested_at"),
                row.instant("undone_at"),
                row.text("undo_error"),
                row.bool("undoable"),
                row.bigint("undone"),
                row.bigint("kept"),
                row.text("kept_first"),
                row.text("notices"));
    }

    long processedRows() {
        return inserted + updated + unchanged + skipped + overridden + rejected;
    }
}
