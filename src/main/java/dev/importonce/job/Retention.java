package dev.importonce.job;

import dev.importonce.load.BulkUpsert;
import dev.importonce.load.Target;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Sweeper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Removes leftovers, and keeps sources for 30 days after their last job, client keys for 30 days, and unsealed uploads for a day. */
@ApplicationScoped
class Retention implements Sweeper {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    /** An upload that grows is touched; one that has not been for a day has lost its sender. */
    private static final String UNSEALED = """
            delete from uploads
            where (id, user_id) in (
                select u.id, u.user_id
                from uploads u
                where u.touched_at < now() - interval '1 day'
                  and not exists (select from sources s where s.upload_id = u.id and s.user_id = u.user_id)
                  and not exists (select from renditions r where r.upload_id = u.id and r.user_id = u.user_id)
                order by u.touched_at
                limit 1000
                for update skip locked)
            """;

    /** A submit that uses the source at this moment has touched it: the lock rechecks last_used_at, so it is left alone. */
    private static final String EXPIRED = """
            with expired as materialized (
                select s.id, s.upload_id, s.user_id
                from sources s
                where s.upload_id is not null and s.last_used_at < now() - interval '30 days'
                  and not exists (
                      select from migration_jobs j
                      where j.source_id = s.id and j.user_id = s.user_id
                        and (j.finished_at is null or j.finished_at > now() - interval '30 days'))
                order by s.last_used_at
                limit 1000
                for update of s skip locked
            ), gone as (
                select upload_id, user_id from expired
                union all
                select r.upload_id, r.user_id from renditions r join expired e on r.source_id = e.id and r.user_id = e.user_id
            )
            delete from uploads u using gone g where u.id = g.upload_id and u.user_id = g.user_id
            """;

    private static final String KEYS = """
            delete from idempotency_keys
            where (user_id, key) in (
                select user_id, key
                from idempotency_keys
                where created_at < now() - interval '30 days'
                order by created_at
                limit 10000
                for update skip locked)
            """;

    private final Sql sql;
    private final BulkUpsert upsert;
    private final EndJob end;
    private final List<Target> targets;

    Retention(Sql sql, BulkUpsert upsert, EndJob end, @All List<Target> targets) {
        this.sql = sql;
        this.upsert = upsert;
        this.end = end;
        this.targets = targets;
    }

    /** Staging rows of an ended job are what a merge held when its job was ended and its worker died. */
    @Override
    public void sweep() {
        for (Target target : targets) upsert.eachStaged(target, (job, user) -> end.discardLeftovers(user, job));
        int unsealed = sql.update(UNSEALED);
        int expired = sql.update(EXPIRED);
        int keys = sql.update(KEYS);
        if (unsealed + expired + keys > 0)
            LOG.infof("swept %d unsealed uploads, %d expired sources, %d client keys", unsealed, expired, keys);
    }
}
