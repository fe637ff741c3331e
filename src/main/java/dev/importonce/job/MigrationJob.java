package dev.importonce.job;

import dev.importonce.paging.TimeCursor;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A job with its progress, read from the view; nothing is ever written through it. */
@Entity
@Immutable
@Table(name = "migration_job_progress")
class MigrationJob extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "user_id")
    UUID userId;

    @Column(name = "org_id")
    UUID orgId;

    String target;

    @Column(name = "source_id")
    UUID sourceId;

    @Column(name = "file_name")
    String fileName;

    @JdbcTypeCode(SqlTypes.JSON)
    String mapping;

    String status;
    String step;

    @Column(name = "base_idempotency_key")
    String baseIdempotencyKey;

    @Column(name = "idempotency_key")
    String idempotencyKey;

    @Column(name = "duplicate_requests")
    int duplicateRequests;

    @Column(name = "retry_of")
    UUID retryOf;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> header;

    @Column(name = "total_rows")
    long totalRows;

    @Column(name = "read_rows")
    long readRows;

    long inserted;
    long updated;
    long unchanged;
    long skipped;
    long overridden;
    long rejected;

    @JdbcTypeCode(SqlTypes.JSON)
    String error;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    /** Null, as everything about the source, in a job from before this service. */
    @Column(name = "byte_count")
    Long byteCount;

    String sha256;

    @Column(name = "undo_requested_at")
    Instant undoRequestedAt;

    @Column(name = "undone_at")
    Instant undoneAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "undo_error")
    String undoError;

    /** Whether its mapping asked for it; what is needed may be gone. */
    boolean undoable;

    long undone;
    long kept;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "kept_first")
    String keptFirst;

    /** @param userId whose job it must be; null: anybody's */
    static Optional<MigrationJob> find(UUID userId, UUID id) {
        // Jobs are written past Hibernate: what it remembers from earlier in the request may be old.
        getEntityManager().clear();
        return userId == null
                ? find("id", id).firstResultOptional()
                : find("id = ?1 and userId = ?2", id, userId).firstResultOptional();
    }

    /** Newest first, from behind a position on. */
    static List<MigrationJob> newest(UUID userId, JobStatus status, TimeCursor after, int limit) {
        StringBuilder where = new StringBuilder("userId = :user");
        Map<String, Object> parameters = new HashMap<>(Map.of("user", userId));
        if (status != null) {
            where.append(" and status = :status");
            parameters.put("status", status.word());
        }
        if (after != null) {
            where.append(" and (createdAt < :time or createdAt = :time and id < :id)");
            parameters.putAll(Map.of("time", after.createdAt(), "id", after.id()));
        }
        return find(where + " order by createdAt desc, id desc", parameters)
                .page(0, limit)
                .list();
    }

    long processedRows() {
        return inserted + updated + unchanged + skipped + overridden + rejected;
    }
}
