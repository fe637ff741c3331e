package dev.importonce.target.merge;

import dev.importonce.postgres.Attempt;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Catalogue;
import dev.importonce.target.declare.DeclaredTable;
import dev.importonce.target.declare.DeclaredTables;
import dev.importonce.target.declare.Target;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Merges a share into a declared table. If the table refuses a row, the share is taken apart, and its rows are merged some at a
 * time, in the order of their keys, each time under a savepoint: what the table refuses is halved until the rows are found. Runs
 * inside the caller's transaction.
 */
@ApplicationScoped
class DeclaredMerge {
    private static final Logger LOG = Logger.getLogger(DeclaredMerge.class);

    /**
     * Most deferrable constraints are checked at the commit, when nobody could tell which row they are about. Some days and times are
     * read and written in the session's zone. The statements are sent together.
     */
    private static final String PREPARE = String.join(
            "; ", "set constraints all immediate", "set local timezone = 'UTC'", ByKey.LOOK_UP_AND_WRITE.settings());

    /**
     * The same statement runs hundreds of times, and its plan depends on none of its parameters, unless the database is distributed:
     * then the setting says so, and the plan is for the node of the owner.
     */
    private static final String PLAN_ONCE = """
            select set_config('plan_cache_mode',
                coalesce(nullif(current_setting('importonce.plan_cache_mode', true), ''), 'force_generic_plan'), true)
            """;

    /** Parameters: job, user, share, owner, and the row's number among the share's. */
    private static final String ROW = """
            select block, row_no from target_rows where job_id = ? and user_id = ? and share = ? and owner_id = ? and n = ?
            """;

    private static final String CLEAR =
            "delete from target_rows where job_id = ? and user_id = ? and share = ? and owner_id = ?";

    /**
     * Reduces the time limit of the merge by the time that a wrong guess has taken: both together may take as long as one
     * statement. If there is no limit, none is set.
     */
    private static final String ONLY_WHAT_IS_LEFT = """
            select set_config('statement_timeout', greatest(1, ceil(1000 * extract(epoch from most - (clock_timestamp() - now()))))::bigint::text, true)
            from (select current_setting('statement_timeout')::interval as most) as allowed
            where most > interval '0'
            """;

    private final Sql sql;
    private final DeclaredTables tables;
    private final Catalogue catalogue;

    DeclaredMerge(Sql sql, DeclaredTables tables, Catalogue catalogue) {
        this.sql = sql;
        this.tables = tables;
        this.catalogue = catalogue;
    }

    /** @param expectNew as {@link BulkUpsert#merge} */
    Merged merge(Target target, Share share, MergeRules rules, boolean undoable, Optional<Boolean> expectNew) {
        DeclaredTable table = tables.current(target.declaration());
        Arguments arguments = new Arguments(target, table, share, rules);
        TableStatements statements = TableStatements.of(arguments.parts(), undoable);
        Merging merging = new Merging(sql, statements, arguments);
        LOG.debugf("%s is merged by: %s", share, statements.merge());
        prepare(sql, target);
        Tally tally = new Tally(new Reasons(catalogue, target, table), rules.skip());
        if (statements.canInsert() && expectNew.orElseGet(merging::isVacant)) {
            Attempt<Written> inserted = merging.insert();
            if (inserted.kept()) return tally.add(inserted.value()).merged(inserted.value());
            if (!inserted.refusal().isTaken()) {
                merging.guard();
                return apart(merging, arguments, share, tally, merging::someNew);
            }
            LOG.infof("%s was expected to be new and is not, merging it", share);
            sql.first(ONLY_WHAT_IS_LEFT, row -> row);
        }
        Attempt<Written> whole = merging.all();
        if (whole.kept()) return tally.add(whole.value()).merged(whole.value());
        return apart(merging, arguments, share, tally, merging::some);
    }

    /**
     * What the merge of all rows in staging would do. A table that takes every row is only looked at; into any other one they are
     * merged, and the caller has to roll this back.
     */
    Merged foresee(Target target, Share share, MergeRules rules) {
        if (!target.isShipped()) return merge(target, share, rules, false, Optional.of(false));
        Arguments arguments = new Arguments(target, tables.current(target.declaration()), share, rules);
        prepare(sql, target);
        Written foreseen = sql.one(MergeStatement.foreseen(arguments.parts()), Written::of, arguments.foresee());
        return new Tally(null, rules.skip()).add(foreseen).merged(foreseen);
    }

    /** What the merge of all rows in staging would do with the first of them. */
    Outlook outlook(Target target, Share share, MergeRules rules) {
        DeclaredTable table = tables.current(target.declaration());
        Arguments arguments = new Arguments(target, table, share, rules);
        prepare(sql, target);
        return sql.one(
                OutlookStatement.of(arguments.parts()),
                row -> new Outlook(row.text("changes"), row.text("overridden")),
                arguments.outlook());
    }

    /** What a transaction needs that writes rows of a declared table. */
    static void prepare(Sql sql, Target target) {
        sql.execute(target.isOwned() ? PREPARE : PREPARE + "; " + UnownedRows.FIRST);
    }

    private Merged apart(
            Merging merging, Arguments arguments, Share share, Tally tally, Halving.Writing<Written> rows) {
        LOG.infof("%s has rows that its table refuses, looking for them", share);
        sql.one(PLAN_ONCE, row -> row);
        Written spread = merging.spread();
        new Halving<>(
                        rows,
                        tally::add,
                        (number, refusal) -> tally.refuse(row(arguments, number, tally.reason(refusal))))
                .all(spread.keys());
        sql.update(CLEAR, arguments.place());
        return tally.merged(spread);
    }

    private RefusedRow row(Arguments arguments, int number, Sentence reason) {
        return sql.one(
                ROW,
                each -> new RefusedRow(each.integer("block"), each.bigint("row_no"), reason),
                arguments.row(number));
    }
}
