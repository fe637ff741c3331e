package dev.importonce.job;

import dev.importonce.identity.Caller;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.Intake;
import dev.importonce.source.Planned;
import dev.importonce.source.Planner;
import dev.importonce.source.Source;
import dev.importonce.source.SourceStore;
import jakarta.enterprise.context.ApplicationScoped;

/** Submits what a job was made of once more. */
@ApplicationScoped
class RetryJob {
    private final Intake intake;
    private final SourceStore sources;
    private final Planner planner;
    private final MappingReader mappings;
    private final SubmitJob submitJob;

    RetryJob(Intake intake, SourceStore sources, Planner planner, MappingReader mappings, SubmitJob submitJob) {
        this.intake = intake;
        this.sources = sources;
        this.planner = planner;
        this.mappings = mappings;
        this.submitJob = submitJob;
    }

    Submitted retry(Caller owner, MigrationJob job) {
        Mapping mapping = mappings.readable(job.mapping())
                .orElseThrow(
                        () -> new ProblemException(
                                ProblemType.CONFLICT,
                                "Another version of this service made the job, and only that one can retry it. Send the file again as a new import."));
        Source source = sources.use(owner.user(), job.sourceId());
        Planned planned = planner.plan(source, mapping.hint());
        return submitJob.submit(new Submission(
                owner,
                mapping,
                job.fileName(),
                source.sha256(),
                () -> sources.keep(sources.use(owner.user(), source.id()), planned),
                () -> intake.discard(planned),
                null,
                job.id()));
    }
}
