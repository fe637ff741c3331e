package dev.importonce.target.merge;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.DeclaredTarget;
import dev.importonce.target.declare.Target;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Moves rows into a target in bulk, through its staging table. Runs inside the caller's transaction. */
@ApplicationScoped
public class BulkUpsert {
    private final Sql sql;
    private final DeclaredMerge declared;

    BulkUpsert(Sql sql, DeclaredMerge declared) {
        this.declared = declared;
        this.sql = sql;
    }

    /** Copies a block's rows into staging. */
    public void stage(Target target, Staging staging, UUID jobId, UUID userId, UUID orgId, int block) {
        UUID owner = target.isDeclared() ? target.owner(userId, orgId) : null;
        UnownedRows.place(sql, target);
        sql.copy(target.statements().stage(), out -> staging.writeTo(out, jobId, userId, block, owner));
    }

    /**
     * Takes one share out of staging and upserts it, sorted by natural key, one row per key. The target's statement
     * gets: job, user, share, organisation, skip, rule per field (text[]), rule of the attributes, cleared attributes
     * (text[]); and returns: blocks, staged, keys, inserted, updated.
     *
     * @param expectNew whether all keys are likely to be new: then the merge first tries a plain insert. If one of the keys
     *     exists, the insert is rolled back; it has cost time and leaves dead rows, but the result for the share is the
     *     same. Empty: true if the organisation has no rows yet. True or empty only for a target that is insertable
     */
    public Merged merge(
            Target target,
            UUID jobId,
            UUID userId,
            int share,
            UUID orgId,
            MergeRules rules,
            Optional<Boolean> expectNew) {
        if (target.isDeclared())
            return declared.merge(target, new Share(jobId, userId, share, orgId), rules, false, expectNew);
        ByKey.LOOK_UP.tell(sql);
        return sql.one(
                target.statements().merge(), row -> merged(row, rules), args(rules, jobId, userId, share, orgId));
    }

    /** As {@link #merge}, but also stores the before-images that an undo needs; of a declared target. */
    public Merged mergeUndoably(Target target, UUID jobId, UUID userId, int share, UUID orgId, MergeRules rules) {
        return declared.merge(target, new Share(jobId, userId, share, orgId), rules, true, Optional.of(false));
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
                row.bigint("staged") - keys,
                List.of());
    }

    /** The arguments: the ids, and then the rules. */
    private static Object[] args(MergeRules rules, Object... ids) {
        Object[] args = Arrays.copyOf(ids, ids.length + 4);
        args[ids.length] = rules.skip();
        args[ids.length + 1] = rules.fields().stream().map(MergeRules.Rule::sql).toArray(String[]::new);
        args[ids.length + 2] = rules.attributes().sql();
        args[ids.length + 3] = rules.cleared().toArray(String[]::new);
        return args;
    }

    /**
     * Compares all rows that a job has in staging with the target. Of a declared target, whose table decides which rows it
     * takes, they are merged, and the caller has to roll this back. Any other target is not changed: its statement gets: job, user,
     * organisation, skip, rule per field (text[]), rule of the attributes, cleared attributes (text[]); and returns: staged,
     * keys, inserted, updated.
     */
    public Comparison compare(Target target, UUID jobId, UUID userId, UUID orgId, MergeRules rules) {
        if (target.isDeclared())
            return Comparison.of(declared.foresee(target, new Share(jobId, userId, 0, orgId), rules));
        ByKey.LOOK_UP.tell(sql);
        return sql.one(
                target.statements().compare(),
                row -> new Comparison(
                        row.bigint("staged"),
                        row.bigint("keys"),
                        row.bigint("inserted"),
                        row.bigint("updated"),
                        List.of()),
                args(rules, jobId, userId, orgId));
    }

    /** Deletes the rows that a job of a declared target still has in staging, whether it is still declared or not. */
    public void discardDeclared(UUID jobId, UUID userId, UUID orgId) {
        discardOwned(jobId, userId, orgId);
        discardUnowned(jobId, userId);
    }

    private void discardOwned(UUID jobId, UUID userId, UUID orgId) {
        Target.owners(userId, orgId).forEach(owner -> discard(jobId, userId, owner));
    }

    private void discardUnowned(UUID jobId, UUID userId) {
        QuarkusTransaction.joiningExisting().run(() -> {
            UnownedRows.first(sql);
            discard(jobId, userId, userId);
        });
    }

    private void discard(UUID jobId, UUID userId, UUID owner) {
        sql.update(DeclaredTarget.DISCARD, jobId, userId, owner, jobId, userId, owner);
    }

    /** As {@link #eachStaged}, for every declared target. */
    public void eachStaged(BiConsumer<UUID, UUID> job) {
        Set<List<UUID>> jobs = new LinkedHashSet<>(staged(DeclaredTarget.STAGED));
        QuarkusTransaction.joiningExisting().run(() -> {
            UnownedRows.first(sql);
            jobs.addAll(staged(DeclaredTarget.STAGED));
        });
        jobs.forEach(ids -> job.accept(ids.get(0), ids.get(1)));
    }

    /**
     * What a merge of all rows that a job has in staging would do with the first of them. Before {@link #compare}, which may take
     * the rows out of staging.
     */
    public Outlook outlook(Target target, UUID jobId, UUID userId, UUID orgId, MergeRules rules) {
        if (target.isDeclared()) return declared.outlook(target, new Share(jobId, userId, 0, orgId), rules);
        ByKey.LOOK_UP.tell(sql);
        return sql.one(
                target.statements().outlook(),
                row -> new Outlook(row.text("changes"), row.text("overridden")),
                args(rules, jobId, userId, orgId));
    }

    /** Calls {@code job} with the job's id and the user's id, for every job that has rows in staging. */
    public void eachStaged(Target target, BiConsumer<UUID, UUID> job) {
        staged(target.statements().staged()).forEach(ids -> job.accept(ids.get(0), ids.get(1)));
    }

    private List<List<UUID>> staged(String statement) {
        return sql.list(statement, row -> List.of(row.uuid("job_id"), row.uuid("user_id")));
    }

    /**
     * Deletes the rows that a job still has in staging, except rows that a merge holds at this moment: they are in staging
     * again if that merge fails.
     */
    public void discard(Target target, UUID jobId, UUID userId, UUID orgId) {
        if (!target.isOwned()) discardUnowned(jobId, userId);
        else if (target.isDeclared()) discardOwned(jobId, userId, orgId);
        else sql.update(target.statements().discard(), jobId, userId, jobId, userId);
    }
}
