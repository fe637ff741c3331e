package dev.importonce.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A job with its progress, as it is read from {@code job_progress}.
 *
 * @param mapping JSON
 * @param error JSON, a problem; or null
 * @param duplicateRequests null in a job from before this service
 * @param byteCount null in a job from before this service, as is everything about the source
 * @param undoError JSON, a problem; or null
 * @param undoable whether its mapping asked for undo; the before-images may be deleted already
 * @param keptFirst JSON, an array of the first contacts that an undo did not revert; or null
 * @param notices JSON, an array of notices; null if notices are not known
 */
@RegisterForReflection
public record MigrationJob(
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
        Integer duplicateRequests,
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

    public long processedRows() {
        return inserted + updated + unchanged + skipped + overridden + rejected;
    }
}
