package dev.importonce.job.chunk;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.OneByOne;
import dev.importonce.queue.Sweeper;
import dev.importonce.source.block.BlockStore;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Removes leftovers, and keeps sources for 30 days after their last job, client keys for 30 days, unsealed
 * uploads for a day, and unused mappings for 400 days.
 */
@ApplicationScoped
class Retention implements Sweeper {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    /**
     * Each piece updates the upload's time. An upload without an update for a day has lost its sender, unless it has become
     * a source. Uploads that have become sources are marked, so that a pass does not check them again.
     */
    private static final String SET_ASIDE = """
            update uploads set touched_at = 'infinity'
            where (id, user_id) in (
                select u.id, u.user_id
                from uploads u
                where u.touched_at < now() - interval '1 day' and u.touched_at < 'infinity'
                  and (exists (select from sources s where s.upload_id = u.id and s.user_id = u.user_id)
                      or exists (select from renditions r where r.upload_id = u.id and r.user_id = u.user_id))
                order by u.touched_at
                limit 10000
                for update skip locked)
            """;

    private static final String UNSEALED = """
            select u.id, u.user_id
            from uploads u
            where u.touched_at < now() - interval '1 day' and u.touched_at < 'infinity'
              and not exists (select from sources s where s.upload_id = u.id and s.user_id = u.user_id)
              and not exists (select from renditions r where r.upload_id = u.id and r.user_id = u.user_id)
            order by u.touched_at
            limit 1000
            """;

    private static final String REMOVE_UNSEALED = """
            delete from uploads u
            where u.id = ? and u.user_id = ? and u.touched_at < now() - interval '1 day'
              and not exists (select from sources s where s.upload_id = u.id and s.user_id = u.user_id)
              and not exists (select from renditions r where r.upload_id = u.id and r.user_id = u.user_id)
            returning u.id
            """;

    private static final String EXPIRED = """
            select s.id, s.user_id
            from sources s
            where s.upload_id is not null and s.last_used_at < now() - interval '30 days'
              and not exists (
                  select from migration_jobs j
                  where j.source_id = s.id and j.user_id = s.user_id
                    and (j.finished_at is null or j.finished_at > now() - interval '30 days'))
            order by s.last_used_at
            limit 1000
            """;

    /**
     * A submit that uses the source at this moment has updated last_used_at: PostgreSQL checks it again after it got the
     * lock, so that the source is kept.
     */
    private static final String REMOVE_EXPIRED = """
            with expired as materialized (
                select s.id, s.upload_id
                from sources s
                where s.id = ? and s.user_id = ? and s.upload_id is not null and s.last_used_at < now() - interval '30 days'
                  and not exists (
                      select from migration_jobs j
                      where j.source_id = s.id and j.user_id = s.user_id
                        and (j.finished_at is null or j.finished_at > now() - interval '30 days'))
                for update of s skip locked
            ), gone as (
                select upload_id from expired
                union all
                select r.upload_id from renditions r join expired e on r.source_id = e.id where r.user_id = ?
            )
            delete from uploads u using gone g where u.id = g.upload_id and u.user_id = ?
            returning u.id
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

    /** So that a file that comes once a year is still known. */
    private static final String UNUSED = """
            delete from remembered_mappings
            where (org_id, columns_sha256, target) in (
                select org_id, columns_sha256, target
                from remembered_mappings
                where used_at < now() - interval '400 days'
                order by used_at
                limit 10000
                for update skip locked)
            """;

    private final Sql sql;
    private final BlockStore blocks;
    private final BulkUpsert upsert;
    private final EndJob end;
    private final OlderStaging older;
    private final List<Target> targets;

    Retention(
            Sql sql, BlockStore blocks, BulkUpsert upsert, EndJob end, OlderStaging older, @All List<Target> targets) {
        this.sql = sql;
        this.blocks = blocks;
        this.upsert = upsert;
        this.end = end;
        this.older = older;
        this.targets = targets;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public void sweep() {
        OneByOne all = new OneByOne();
        for (Target target : targets)
            if (!target.isDeclared())
                all.step(
                        "staging rows of " + target.name(),
                        () -> upsert.eachStaged(target, (job, user) -> left(all, job, user)));
        all.step("staging rows of declared targets", () -> upsert.eachStaged((job, user) -> left(all, job, user)));
        all.step("staging rows of older instances", () -> told("staging rows of older instances", older.sweep()));
        all.step("sealed uploads", () -> sql.update(SET_ASIDE));
        remove(all, "unsealed upload", UNSEALED, found -> remove(found, REMOVE_UNSEALED, found.id(), found.userId()));
        remove(
                all,
                "expired source",
                EXPIRED,
                found -> remove(found, REMOVE_EXPIRED, found.id(), found.userId(), found.userId(), found.userId()));
        all.step("client keys", () -> told("client keys", sql.update(KEYS)));
        all.step("remembered mappings", () -> told("remembered mappings", sql.update(UNUSED)));
        all.throwIfAnyFailed();
    }

    /** An ended job still has staging rows if a merge held them when the job was ended, and the merge's worker then crashed. */
    private void left(OneByOne all, UUID job, UUID user) {
        all.step("staging rows of job " + job, () -> end.discardLeftovers(user, job));
    }

    /** Each row in a transaction of its own, since a large one takes long. */
    private void remove(OneByOne all, String what, String list, Consumer<Found> remove) {
        all.step(what + "s", () -> {
            int removed = 0;
            for (Found found : sql.list(list, row -> new Found(row.uuid("id"), row.uuid("user_id")))) {
                if (all.step(what + " " + found.id(), () -> remove.accept(found))) removed++;
            }
            told(what + "s", removed);
        });
    }

    /** Removes uploads with their blocks. */
    private void remove(Found found, String uploads, Object... args) {
        QuarkusTransaction.requiringNew().run(() -> sql.list(uploads, row -> row.uuid("id"), args)
                .forEach(upload -> blocks.forget(found.userId(), upload)));
    }

    private static void told(String what, int swept) {
        if (swept > 0) LOG.infof("swept %d %s", swept, what);
    }

    private record Found(UUID id, UUID userId) {}
}
