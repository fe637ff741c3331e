package dev.importonce.integrity;

import dev.importonce.cleanup.Cleanup;
import dev.importonce.cleanup.Group;
import dev.importonce.cleanup.Plan;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code dedupe}: shows what a clean-up of duplicates that are older than their unique index would do, and does it if
 * requested.
 */
@ApplicationScoped
public class Dedupe {
    private static final int BATCH = 100;
    private static final int ROUNDS = 10;
    private static final int EXAMPLES = 20;
    private static final Duration OTHERS_WORK = Duration.ofMillis(500);

    /**
     * Unique violation, deadlock, lock not available, statement timeout: others use the same rows. The next round processes
     * them.
     */
    private static final Set<String> DISTURBED = Set.of("23505", "40P01", "55P03", "57014");

    private static final String MISSING = "select name from unnest(?) name where to_regclass(name) is null limit 1";

    private final List<Cleanup> cleanups;
    private final DedupeLog log;
    private final IndexBuild index;
    private final Sql sql;

    Dedupe(@All List<Cleanup> cleanups, DedupeLog log, IndexBuild index, Sql sql) {
        this.cleanups = cleanups;
        this.log = log;
        this.index = index;
        this.sql = sql;
    }

    /**
     * @param name of a {@link Cleanup}
     * @param apply whether to apply the clean-up; otherwise it is only shown
     * @return whether nothing is left for a person or another run to do
     */
    public boolean run(String name, boolean apply, PrintStream out) {
        Optional<Cleanup> named =
                cleanups.stream().filter(c -> c.name().equals(name)).findFirst();
        if (named.isEmpty()) {
            out.println("There is no clean-up of " + name + " in this version.");
            return false;
        }
        Cleanup cleanup = named.get();
        Optional<String> missing = sql.first(
                MISSING, row -> row.text("name"), (Object) cleanup.tables().toArray(String[]::new));
        if (missing.isPresent()) {
            out.println("Table " + missing.get() + " does not exist: nothing to do.");
            return true;
        }
        Plan plan = cleanup.plan();
        show(name, plan, out);
        if (!cleanup.hindrance().isEmpty()) out.println(cleanup.hindrance());
        if (!apply) {
            out.println("Nothing was changed. To do it, run it again with --apply.");
            return true;
        }
        return cleanup.hindrance().isEmpty() && apply(cleanup, plan, out);
    }

    private boolean apply(Cleanup cleanup, Plan first, PrintStream out) {
        log.create();
        Plan plan = first;
        for (int round = 0; round < ROUNDS; round++) {
            long written = work(cleanup, plan);
            if (written > 0) out.println(written + " rows written.");
            plan = cleanup.plan();
            if (plan.groups().isEmpty()) {
                if (index.build(cleanup.index())) {
                    out.println("No duplicates are left; " + cleanup.index().name() + " keeps new ones out.");
                    String left = cleanup.finish();
                    if (!left.isEmpty()) out.println(left);
                    return left.isEmpty();
                }
                // There may be new duplicates since the plan; if there are none, undecided rows prevent the index.
                plan = cleanup.plan();
                if (plan.groups().isEmpty()) break;
            } else if (written == 0) {
                LockSupport.parkNanos(OTHERS_WORK.toNanos());
            }
        }
        out.println(
                plan.groups().isEmpty()
                        ? cleanup.index().name() + " cannot be built: rows that are left alone share a key."
                        : plan.groups().size() + " keys are left, others are at work on them; run it again.");
        return false;
    }

    private static long work(Cleanup cleanup, Plan plan) {
        List<Group> groups = plan.groups();
        long written = 0;
        for (int from = 0; from < groups.size(); from += BATCH) {
            try {
                written += cleanup.apply(groups.subList(from, Math.min(from + BATCH, groups.size())));
            } catch (DatabaseException e) {
                if (!DISTURBED.contains(e.state())) throw e;
            }
        }
        return written;
    }

    private static void show(String name, Plan plan, PrintStream out) {
        long rewritten = plan.groups().size() - plan.keys();
        out.printf(
                "%s: %d surplus rows of %d keys, %d keys to be written anew, %d rows left alone%n",
                name, plan.surplus(), plan.keys(), rewritten, plan.undecided().size());
        plan.groups().stream()
                .limit(EXAMPLES)
                .forEach(group -> out.println(
                        group.surplus().isEmpty()
                                ? "  " + group.kept() + " gets its key written anew"
                                : "  " + group.kept() + " stays, surplus: " + group.surplus()));
        plan.undecided().stream()
                .limit(EXAMPLES)
                .forEach(id -> out.println("  " + id + " is left alone: its key cannot be told"));
    }
}
