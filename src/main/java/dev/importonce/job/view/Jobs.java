package dev.importonce.job.view;

import dev.importonce.job.JobStatus;
import dev.importonce.job.MigrationJob;
import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads jobs with their progress. */
@ApplicationScoped
public class Jobs implements PanacheRepositoryBase<JobProgress, UUID> {
    private final Reads reads;

    Jobs(Reads reads) {
        this.reads = reads;
    }

    Optional<MigrationJob> ofUser(UUID userId, UUID id) {
        return reads.of(() -> find("id = ?1 and userId = ?2", id, userId)
                .project(MigrationJob.class)
                .firstResultOptional());
    }

    /** For a service, which may see the jobs of all users. */
    Optional<MigrationJob> ofAnybody(UUID id) {
        return reads.of(() -> find("id = ?1", id).project(MigrationJob.class).firstResultOptional());
    }

    /**
     * A user's jobs, newest first, after a position.
     *
     * @param status null: any status
     * @param after null: begins with the newest
     */
    List<MigrationJob> newest(UUID userId, JobStatus status, TimeCursor after, int limit) {
        Map<String, Object> with = new HashMap<>(Map.of("userId", userId));
        String query = "userId = :userId";
        if (status != null) {
            query += " and status = :status";
            with.put("status", status.word());
        }
        if (after != null) {
            query += " and (createdAt < :time or createdAt = :time and id < :id)";
            with.put("time", after.createdAt());
            with.put("id", after.id());
        }
        String newestFirst = query + " order by createdAt desc, id desc";
        return reads.of(() -> find(newestFirst, with)
                .range(0, limit - 1)
                .project(MigrationJob.class)
                .list());
    }
}
