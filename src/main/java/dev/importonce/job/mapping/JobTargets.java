package dev.importonce.job.mapping;

import dev.importonce.postgres.Sql;
import dev.importonce.problem.Fault;
import dev.importonce.target.declare.StoredTargets;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.TargetChanged;
import dev.importonce.target.declare.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The targets of jobs. A job of a declared target keeps the declaration with which it was submitted. */
@ApplicationScoped
public class JobTargets {
    private static final String DECLARATION = "select declaration from migration_jobs where id = ? and user_id = ?";

    /** About the number of jobs that are processed at a time. */
    private static final int MOST_KEPT = 4;

    private final Sql sql;
    private final Targets targets;
    private final Map<UUID, Target> kept = new LinkedHashMap<>();

    JobTargets(Sql sql, Targets targets) {
        this.sql = sql;
        this.targets = targets;
    }

    /**
     * The target of a job, with the fields of its mapping.
     *
     * @throws TargetChanged when no version of this service that knows the target has written the job
     */
    public Target of(UUID userId, UUID jobId, Mapping mapping) {
        Optional<Target> builtIn = targets.builtIn(mapping.target());
        if (builtIn.isPresent()) return builtIn.get();
        synchronized (kept) {
            Target known = kept.get(jobId);
            if (known != null) return known;
        }
        Target target = sql.first(DECLARATION, row -> Optional.ofNullable(row.text("declaration")), jobId, userId)
                .flatMap(json -> json)
                .flatMap(StoredTargets::target)
                .orElseThrow(() -> new TargetChanged(List.of(Fault.at(
                        "/target",
                        "The target " + mapping.target() + " is not declared, or only for another version."))));
        Target narrowed = narrowed(target, mapping);
        synchronized (kept) {
            kept.put(jobId, narrowed);
            if (kept.size() > MOST_KEPT) kept.remove(kept.keySet().iterator().next());
        }
        return narrowed;
    }

    /** A target with the fields of a mapping. */
    public static Target narrowed(Target target, Mapping mapping) {
        return target.narrowed(mapping.fields().keySet(), mapping.takesAttributes());
    }
}
