package dev.importonce.load;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Moves rows into a target in bulk, through its staging table. Runs inside the caller's transaction. */
@ApplicationScoped
public class BulkUpsert {
    private static final Logger LOG = Logger.getLogger(BulkUpsert.class);

    /**
     * What a guess that was wrong has used up is no longer there for the upsert: both together have what one statement may
     * take. A statement without a limit keeps none.
     */
    private static final String ONLY_WHAT_IS_LEFT = """
            select set_config('statement_timeout', greatest(1, ceil(1000 * extract(epoch from most - (clock_timestamp() - now()))))::bigint::text, true)
            from (select current_setting('statement_timeout')::interval as most) as allowed
            where most > interval '0'
            """;

    private final Sql sql;

    BulkUpsert(Sql sql) {
        this.sql = sql;
    }

    /** Copies a block's rows into staging. */
    public void stage(Target target, Staging staging, UUID jobId, UUID userId, int block) {
        sql.copy(target.stage(), out -> staging.writeTo(out, jobId, userId, block));
    }

    /**
     * Takes one share out of staging and upserts it, sorted by natural key, one row per key. The target's statement
     * gets: job, user, share, organisation, skip, rule per field (text[]), rule of the attributes, cleared attributes
     * (text[]); and returns: blocks, staged, keys, inserted, updated.
     *
     * @param expectNew whether the keys are likely to be new, all of them: then inserting them is tried first. If one was
     *     there after all, that is taken back; it has cost its time and leaves dead rows, and what becomes of the share is the
     *     same. Empty: if the organisation has nothing yet. True or empty only of a target that is insertable
     */
    public Merged merge(
            Target target,
            UUID jobId,
            UUID userId,
            int share,
            UUID orgId,
            MergeRules rules,
            Optional<Boolean> expectNew) {
        Function<Row, Merged> read = row -> merged(row, rules);
        ByKey.LOOK_UP.tell(sql);
        if (expectNew.orElseGet(() -> sql.one(target.insert().vacant(), row -> row.bool("vacant"), orgId))) {
            Optional<Merged> inserted = sql.oneUnlessTaken(target.insert().insert(), read, jobId, userId, share, orgId);
            if (inserted.isPresent()) return inserted.get();
            LOG.infof("job %s merging %d was expected to be new and is not, upserting it", jobId, share);
            sql.first(ONLY_WHAT_IS_LEFT, row -> row);
        }
        return sql.one(target.merge(), read, args(rules, jobId, userId, share, orgId));
    }

    /** The same, and keeps what is needed to undo it. Its two statements meet others' locks as the one of a merge does. */
    public Merged mergeUndoably(Target target, UUID jobId, UUID userId, int share, UUID orgId, MergeRules rules) {
        ByKey.LOOK_UP_AND_JOIN.tell(sql);
        Merged merged =
                sql.one(target.undo().capture(), row -> merged(row, rules), args(rules, jobId, userId, share, orgId));
        ByKey.LOOK_UP_AND_WRITE.tell(sql);
        sql.update(target.undo().apply(), jobId, userId, share, orgId);
        return merged;
    }

    private static Merged merged(Row row, MergeRules rules) {
        long keys = row.bigint("keys");
        long written = row.bigint("inserted") + row.bigint("updated");
        return new Merged(
                row.integer("blocks"),
                row.bigint("inserted"),
                row.bigint("updated"),
                rules.skip() ? 0 : keys - written,
                rules.skip() ? keys - written : 0,
                row.bigint("staged") - keys);
    }

    /** The ids, and behind them the rules. */
    private static Object[] args(MergeRules rules, Object... ids) {
        Object[] args = Arrays.copyOf(ids, ids.length + 4);
        args[ids.length] = rules.skip();
        args[ids.length + 1] = rules.fields().stream().map(MergeRules.Rule::sql).toArray(String[]::new);
        args[ids.length + 2] = rules.attributes().sql();
        args[ids.length + 3] = rules.cleared().toArray(String[]::new);
        return args;
    }

    /**
     * What merging everything that a job has in staging would do. The target's statement gets: job, user, organisation,
     * skip, rule per field (text[]), rule of the attributes, cleared attributes (text[]); and returns: staged, keys,
     * inserted, updated.
     */
    public Comparison compare(Target target, UUID jobId, UUID userId, UUID orgId, MergeRules rules) {
        ByKey.LOOK_UP.tell(sql);
        return sql.one(
                target.compare(),
                row -> new Comparison(
                        row.bigint("staged"), row.bigint("keys"), row.bigint("inserted"), row.bigint("updated")),
                args(rules, jobId, userId, orgId));
    }

    /** Runs something for every job, by its id and its user's, that has rows in staging. */
    public void eachStaged(Target target, BiConsumer<UUID, UUID> job) {
        sql.list(target.staged(), row -> List.of(row.uuid("job_id"), row.uuid("user_id")))
                .forEach(ids -> job.accept(ids.get(0), ids.get(1)));
    }

    /** Deletes what a job still has in staging, but for rows that a merge holds at this moment: those come back if it fails. */
    public void discard(Target target, UUID jobId, UUID userId) {
        sql.update(target.discard(), jobId, userId, jobId, userId);
    }
}
