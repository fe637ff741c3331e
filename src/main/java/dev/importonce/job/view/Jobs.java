package dev.importonce.job.view;

import dev.importonce.job.MigrationJob;
import dev.importonce.paging.NewestFirst;
import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Reads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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
     * @param after null: begins with the newest
     */
    List<MigrationJob> newest(UUID userId, JobFilter filter, TimeCursor after, int limit) {
        return reads.of(() -> NewestFirst.find(this, filter.condition(), filter.values(userId), after, limit)
                .project(MigrationJob.class)
                .list());
    }
}
