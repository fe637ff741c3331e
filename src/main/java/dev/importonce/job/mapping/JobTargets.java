package dev.importonce.job.mapping;

import dev.importonce.postgres.Sql;
import dev.importonce.problem.Fault;
import dev.importonce.target.declare.StoredTargets;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.TargetChanged;
import dev.importonce.target.declare.Targets;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The targets of jobs. A job of a declared target keeps the declaration with which it was submitted. */
@ApplicationScoped
public class JobTargets {
    private static final String DECLARATION = "select declaration from migration_jobs where id = ? and user_id = ?";

    private final Sql sql;
    private final Targets targets;
    private final Kept<Target> kept = new Kept<>();

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
        return targets.builtIn(mapping.target())
                .orElseGet(() -> kept.of(jobId, () -> narrowed(declared(userId, jobId, mapping), mapping)));
    }

    private Target declared(UUID userId, UUID jobId, Mapping mapping) {
        return sql.first(DECLARATION, row -> Optional.ofNullable(row.text("declaration")), jobId, userId)
                .flatMap(json -> json)
                .flatMap(StoredTargets::target)
                .orElseThrow(() -> new TargetChanged(
                        List.of(Fault.at("/target", Sentence.of("target-not-declared", mapping.target())))));
    }

    /** A target with the fields of a mapping. */
    public static Target narrowed(Target target, Mapping mapping) {
        return target.narrowed(mapping.fields().keySet(), mapping.takesAttributes());
    }
}
