package dev.importonce.job.mapping;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The columns of jobs' files. They are read separately from the jobs, and once for all blocks of a job: their names may be
 * long, and no list, event or claim needs them.
 */
@ApplicationScoped
public class JobColumns {
    private static final String HEADER = "select header from migration_jobs where id = ? and user_id = ?";

    /** About the number of jobs that are processed at a time; a megabyte each at most. */
    private static final int MOST_KEPT = 4;

    private final Sql sql;
    private final Map<UUID, List<String>> kept = new LinkedHashMap<>();

    JobColumns(Sql sql) {
        this.sql = sql;
    }

    /** The columns in file order; empty for a job from before this service. The columns of a job never change. */
    public List<String> of(UUID userId, UUID jobId) {
        synchronized (kept) {
            List<String> known = kept.get(jobId);
            if (known != null) return known;
        }
        List<String> columns = sql.one(HEADER, row -> row.texts("header"), jobId, userId);
        synchronized (kept) {
            kept.put(jobId, columns);
            if (kept.size() > MOST_KEPT) kept.remove(kept.keySet().iterator().next());
        }
        return columns;
    }
}
