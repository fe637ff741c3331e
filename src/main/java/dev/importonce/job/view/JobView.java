package dev.importonce.job.view;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import dev.importonce.job.undo.Undo;
import dev.importonce.source.format.Notice;
import dev.importonce.words.Language;
import dev.importonce.words.StoredWords;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A job as its user sees it.
 *
 * @param userId the user who started the job
 * @param notices how the service has read the file in a way that its user may not expect: each with a code, a column or
 *     null, a count or null, and a sentence; notices that are found only in rows appear when the job is completed
 */
@RegisterForReflection
@Schema(name = "Job")
record JobView(
        UUID jobId,
        JobStatus status,
        String target,
        @Schema(nullable = true) UUID orgId,
        UUID userId,
        @Schema(nullable = true) UUID sourceId,
        @Schema(nullable = true) String fileName,
        @Schema(nullable = true) Long fileBytes,
        @Schema(nullable = true) String fileSha256,

        @JsonRawValue @Schema(hidden = true) String mapping,

        @Schema(nullable = true) String baseIdempotencyKey,
        @Schema(nullable = true) String idempotencyKey,
        int duplicateRequests,
        @Schema(nullable = true) UUID retryOf,
        Progress progress,

        @JsonRawValue @Schema(implementation = Notice[].class)
        String notices,

        @JsonRawValue @Schema(hidden = true) String error,

        Instant createdAt,
        @Schema(nullable = true) Instant startedAt,
        @Schema(nullable = true) Instant finishedAt,
        @Schema(nullable = true) Instant undoneAt,
        @Schema(nullable = true) Undo undo)
        implements Translated {

    /**
     * The progress, in rows.
     *
     * @param phase reading, merging or done
     * @param percent 0 to 100: reading counts for one half, rows with an outcome for the other half
     */
    @RegisterForReflection
    record Progress(
            @Schema(enumeration = {"reading", "merging", "done"})
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

    @Override
    public JobView in(Language language) {
        return new JobView(
                jobId,
                status,
                target,
                orgId,
                userId,
                sourceId,
                fileName,
                fileBytes,
                fileSha256,
                mapping,
                baseIdempotencyKey,
                idempotencyKey,
                duplicateRequests,
                retryOf,
                progress,
                StoredWords.in(language, notices),
                StoredWords.in(language, error),
                createdAt,
                startedAt,
                finishedAt,
                undoneAt,
                undo == null ? null : undo.in(language));
    }

    /** A job from before this service has no counters: its percentage is 0 or 100. */
    private static int percent(MigrationJob job, JobStatus status, long processed) {
        if (job.totalRows() == 0) return status == JobStatus.COMPLETED ? 100 : 0;
        return (int) ((job.readRows() + processed) * 50 / job.totalRows());
    }
}
