package dev.importonce.integrity;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.postgres.Sql;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Runs checks in one read-only transaction. A check that fails is reported as such, and the others run all the same. */
@ApplicationScoped
class Examine {
    /** Set locally for the transaction, so that it also works behind a pooler. */
    private static final String READ_ONLY = """
            select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', ?, true),
                   set_config('lock_timeout', ?, true)
            """;

    private static final String MISSING = """
            select name from unnest(?) with ordinality as t (name, n) where to_regclass(name) is null order by n
            """;

    /** SQLSTATE (PostgreSQL, appendix A) to the reason why a check has no result. */
    private static final Map<String, String> REASONS = Map.of(
            "57014", "it took longer than it may",
            "55P03", "a table is locked",
            "42501", "this database user may not read its tables",
            "42P01", "a table does not exist",
            "42703", "a table has not the columns of this version");

    private static final Set<String> NO_OUTAGE = Set.of("42P01", "42703");

    private static final String NOTHING = "nothing wrong";

    private final Sql sql;

    private final List<Inspection> inspections;

    Examine(Sql sql, @All List<Inspection> inspections) {
        this.inspections = inspections;
        this.sql = sql;
    }

    /** Everything that can be wrong. */
    List<Finding> problems(Duration patience) {
        List<Finding> problems = new ArrayList<>(run(Checks.PROBLEMS, patience));
        problems.addAll(within(patience, inspections.size(), () -> inspections.stream()
                .map(this::inspect)
                .toList()));
        return problems;
    }

    private Finding inspect(Inspection inspection) {
        Optional<String> missing = missing(inspection.tables());
        if (missing.isPresent()) return new Finding(inspection.name(), true, 0, missing.get());
        List<String> faults;
        sql.update("savepoint part");
        try {
            faults = inspection.faults();
            sql.update("release savepoint part");
        } catch (DatabaseException e) {
            return new Finding(inspection.name(), false, 0, notChecked(e));
        }
        return new Finding(
                inspection.name(),
                faults.isEmpty(),
                faults.size(),
                faults.isEmpty() ? NOTHING : String.join("; ", faults));
    }

    /** @param patience time limit of each statement */
    List<Finding> run(List<Check> checks, Duration patience) {
        long statements =
                checks.stream().mapToLong(check -> check.parts().size()).sum();
        return within(
                patience, statements, () -> checks.stream().map(this::examine).toList());
    }

    private List<Finding> within(Duration patience, long statements, Supplier<List<Finding>> work) {
        String most = String.valueOf(patience.toMillis());
        return QuarkusTransaction.requiringNew()
                .timeout((int) Math.min(Integer.MAX_VALUE, (statements + 1) * patience.toSeconds() + 10))
                .call(() -> {
                    sql.one(READ_ONLY, row -> row, most, most);
                    return work.get();
                });
    }

    /** Why a check has no result; the others run all the same. */
    private String notChecked(DatabaseException e) {
        if (DatabaseUnavailable.isCauseOf(e) && !NO_OUTAGE.contains(e.state())) throw e;
        sql.update("rollback to savepoint part");
        return "could not be checked: " + REASONS.getOrDefault(e.state(), "SQLSTATE " + e.state());
    }

    private Optional<String> missing(List<String> tables) {
        return sql.first(MISSING, row -> "table " + row.text("name") + " does not exist", (Object)
                tables.toArray(String[]::new));
    }

    private Finding examine(Check check) {
        long count = 0;
        boolean ran = true;
        List<String> details = new ArrayList<>();
        for (Check.Part part : check.parts()) {
            Optional<String> missing = missing(part.tables());
            if (missing.isPresent()) {
                details.add(missing.get());
                continue;
            }
            sql.update("savepoint part");
            try {
                Finding found = sql.one(
                        part.sql(), row -> new Finding(check.name(), true, row.bigint("count"), row.text("detail")));
                count += found.count();
                if (found.count() > 0) details.add(found.detail());
                sql.update("release savepoint part");
            } catch (DatabaseException e) {
                ran = false;
                details.add(notChecked(e));
            }
        }
        if (details.isEmpty()) details.add(NOTHING);
        return new Finding(check.name(), ran && count == 0, count, String.join("; ", details));
    }
}
