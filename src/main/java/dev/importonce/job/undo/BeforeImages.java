package dev.importonce.job.undo;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.OneByOne;
import dev.importonce.queue.Sweeper;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUndo;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Deletes before-images 30 days after their job has completed, and those of a job that was cancelled or failed. */
@ApplicationScoped
public class BeforeImages implements Sweeper {
    private static final Logger LOG = Logger.getLogger(BeforeImages.class);
    private static final int PAGE = 100;

    /**
     * Only jobs with a target that is known or was declared: jobs that another version or a browser has written are not swept
     * here. The query has two parts, each with its own index, since most jobs match neither.
     */
    private static final String EXPIRED = """
            select id, user_id, org_id
            from (
                select id, user_id, org_id, target, declaration is not null as declared, finished_at, undo_requested_at, undo_error, updated_at
                from migration_jobs
                where before_images and finished_at < now() - interval '30 days'
                union all
                select id, user_id, org_id, target, declaration is not null, finished_at, undo_requested_at, undo_error, updated_at
                from migration_jobs
                where before_images and status <> 'completed' and finished_at >= now() - interval '30 days') j
            where (target = any (?) or declared) and id <> all (?::uuid[])
              and (undo_requested_at is null or undo_error is not null and updated_at < now() - interval '1 hour')
            order by finished_at
            limit ?
            """;

    /**
     * A request for an undo at this moment holds the lock on the row, or has changed it: after the wait PostgreSQL checks
     * the row again. One hour after an undo has failed, none of its transactions is still running.
     */
    private static final String LET_GO = """
            update migration_jobs set before_images = false
            where user_id = ? and id in (
                select id
                from migration_jobs
                where id = ? and user_id = ? and before_images
                  and (status <> 'completed' or finished_at < now() - interval '30 days')
                  and (undo_requested_at is null or undo_error is not null and updated_at < now() - interval '1 hour')
                for no key update skip locked)
            """;

    private final Sql sql;
    private final BulkUndo bulk;
    private final EarlierImages earlier;
    private final String[] targets;

    BeforeImages(Sql sql, BulkUndo bulk, EarlierImages earlier, @All List<Target> targets) {
        this.sql = sql;
        this.bulk = bulk;
        this.earlier = earlier;
        this.targets = targets.stream().map(Target::name).toArray(String[]::new);
    }

    @Override
    public String name() {
        return "before-images";
    }

    /** Sweeps one page of jobs, and reads further jobs to replace those whose sweep fails. */
    @Override
    public void sweep() {
        OneByOne jobs = new OneByOne();
        List<UUID> failed = new ArrayList<>();
        int failedBefore;
        List<Job> page;
        do {
            failedBefore = failed.size();
            page = expired(failed);
            for (Job job : page)
                if (!jobs.step("before-images of job " + job.id(), () -> forget(job))) failed.add(job.id());
        } while (page.size() == PAGE && failed.size() > failedBefore);
        jobs.throwIfAnyFailed();
    }

    private List<Job> expired(List<UUID> failed) {
        return sql.list(
                EXPIRED,
                row -> new Job(row.uuid("id"), row.uuid("user_id"), row.uuid("org_id")),
                targets,
                failed.stream().map(UUID::toString).toArray(String[]::new),
                PAGE);
    }

    private void forget(Job job) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (sql.update(LET_GO, job.userId(), job.id(), job.userId()) == 0) return;
            bulk.forget(job.id(), job.userId(), job.orgId());
            earlier.forget(job.id(), job.userId());
            LOG.infof("job %s can no longer be undone, swept its before-images", job.id());
        });
    }

    private record Job(UUID id, UUID userId, UUID orgId) {}
}
