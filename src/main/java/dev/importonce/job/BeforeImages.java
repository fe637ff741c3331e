package dev.importonce.job;

import dev.importonce.load.BulkUndo;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Sweeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Keeps what an undo needs for 30 days after the job has completed, and nothing of a job that was ended before. */
@ApplicationScoped
class BeforeImages implements Sweeper {
    private static final Logger LOG = Logger.getLogger(BeforeImages.class);

    /**
     * Who asks for an undo at this moment holds the row, or has changed it: the lock looks at it again. An hour after an
     * undo has failed none of its transactions is left to wait for.
     */
    private static final String EXPIRED = """
            update migration_jobs j set before_images = false
            where (j.id, j.user_id) in (
                select id, user_id
                from migration_jobs
                where before_images and (status <> 'completed' or finished_at < now() - interval '30 days')
                  and (undo_requested_at is null or undo_error is not null and updated_at < now() - interval '1 hour')
                order by finished_at
                limit 100
                for no key update skip locked)
            returning j.id, j.user_id, j.target
            """;

    private final Sql sql;
    private final BulkUndo bulk;
    private final MappingReader mappings;

    BeforeImages(Sql sql, BulkUndo bulk, MappingReader mappings) {
        this.sql = sql;
        this.bulk = bulk;
        this.mappings = mappings;
    }

    @Override
    @Transactional
    public void sweep() {
        List<Job> expired = sql.list(EXPIRED, row -> new Job(row.uuid("id"), row.uuid("user_id"), row.text("target")));
        for (Job job : expired) bulk.forget(mappings.target(job.target()), job.id(), job.userId());
        if (!expired.isEmpty()) LOG.infof("swept the before-images of %d jobs", expired.size());
    }

    private record Job(UUID id, UUID userId, String target) {}
}
