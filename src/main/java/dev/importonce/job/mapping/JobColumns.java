package dev.importonce.job.mapping;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The columns of jobs' files. They are read separately from the jobs, and once for all blocks of a job: their names may be
 * long, and no list, event or claim needs them.
 */
@ApplicationScoped
public class JobColumns {
    private static final String HEADER = "select header from migration_jobs where id = ? and user_id = ?";

    private final Sql sql;
    private final Kept<List<String>> kept = new Kept<>();

    JobColumns(Sql sql) {
        this.sql = sql;
    }

    /** The columns in file order; empty for a job from before this service. The columns of a job never change. */
    public List<String> of(UUID userId, UUID jobId) {
        return kept.of(jobId, () -> sql.one(HEADER, row -> row.texts("header"), jobId, userId));
    }
}
