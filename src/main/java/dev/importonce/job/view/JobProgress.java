package dev.importonce.job.view;

import dev.importonce.job.mapping.JobColumns;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/** The view of jobs with their progress, without the columns of their files: see {@link JobColumns}. */
@Entity
@Immutable
@Table(name = "migration_job_progress")
public class JobProgress {
    @Id
    UUID id;

    UUID userId;
    UUID orgId;
    String target;
    UUID sourceId;
    String fileName;
    String mapping;
    String status;
    String step;
    String baseIdempotencyKey;
    String idempotencyKey;
    Integer duplicateRequests;
    UUID retryOf;
    long totalRows;
    long readRows;
    long inserted;
    long updated;
    long unchanged;
    long skipped;
    long overridden;
    long rejected;
    String error;
    Instant createdAt;
    Instant startedAt;
    Instant finishedAt;
    Long byteCount;
    String sha256;
    Instant undoRequestedAt;
    Instant undoneAt;
    String undoError;
    boolean undoable;
    long undone;
    long kept;
    String keptFirst;

    /** Not a column of the view, since older instances may still read the view. */
    @Formula("(select n.notices from migration_jobs n where n.id = id and n.user_id = user_id)")
    String notices;
}
