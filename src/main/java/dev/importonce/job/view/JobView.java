package dev.importonce.job.view;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import dev.importonce.job.undo.Undo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A job as its user sees it.
 *
 * @param userId who started it
 * @param notices what was done to the file that its user may not expect: each a code, a column or null, how often or null, and a
 *     sentence; what shows only in its rows is there once it is completed
 */
@RegisterForReflection
record JobView(
        UUID jobId,
        JobStatus status,
        String target,
        UUID orgId,
        UUID userId,
        UUID sourceId,
        String fileName,
        Long fileBytes,
        String fileSha256,
        @JsonRawValue String mapping,
        String baseIdempotencyKey,
        String idempotencyKey,
        int duplicateRequests,
        UUID retryOf,
        Progress progress,
        @JsonRawValue String notices,
        @JsonRawValue String error,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        Instant undoneAt,
        Undo undo) {

    /**
     * How far it is, in rows.
     *
     * @param phase reading, merging or done
     * @param percent 0 to 100: half for reading, half for the rows that have their outcome
     */
    @RegisterForReflection
    record Progress(
            String phase,
            long totalRows,
            long readRows,
            long processedRows,
            long inserted,
            long updated,
            long unchanged,
            long skipped,
            long overridden,
            long rejected,
            int percent) {}

    static JobView of(MigrationJob job) {
        JobStatus status = JobStatus.parse(job.status());
        long processed = job.processedRows();
        Progress progress = new Progress(
                status.isFinal() ? "done" : job.step(),
                job.totalRows(),
                job.readRows(),
                processed,
                job.inserted(),
                job.updated(),
                job.unchanged(),
                job.skipped(),
                job.overridden(),
                job.rejected(),
                percent(job, status, processed));
        return new JobView(
                job.id(),
                status,
                job.target(),
                job.orgId(),
                job.userId(),
                job.sourceId(),
                job.fileName(),
                job.byteCount(),
                job.sha256(),
                job.mapping(),
                job.baseIdempotencyKey(),
                job.idempotencyKey(),
                job.duplicateRequests() == null ? 0 : job.duplicateRequests(),
                job.retryOf(),
                progress,
                job.notices() == null ? "[]" : job.notices(),
                job.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.undoneAt(),
                Undo.of(job));
    }

    /** A job from before this service has no figures: it is done or it is not. */
    private static int percent(MigrationJob job, JobStatus status, long processed) {
        if (job.totalRows() == 0) return status == JobStatus.COMPLETED ? 100 : 0;
        return (int) ((job.readRows() + processed) * 50 / job.totalRows());
    }
}
