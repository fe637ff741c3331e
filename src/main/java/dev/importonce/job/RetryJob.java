package dev.importonce.job;

import dev.importonce.identity.Caller;
import dev.importonce.source.Format;
import dev.importonce.source.Replanner;
import dev.importonce.source.Source;
import dev.importonce.source.SourceStore;
import jakarta.enterprise.context.ApplicationScoped;

/** Submits what a job was made of once more. */
@ApplicationScoped
class RetryJob {
    private final SourceStore sources;
    private final Replanner replanner;
    private final MappingReader mappings;
    private final SubmitJob submitJob;

    RetryJob(SourceStore sources, Replanner replanner, MappingReader mappings, SubmitJob submitJob) {
        this.sources = sources;
        this.replanner = replanner;
        this.mappings = mappings;
        this.submitJob = submitJob;
    }

    Submitted retry(Caller owner, MigrationJob job) {
        Mapping mapping = mappings.stored(job.mapping);
        Source source = sources.use(owner.user(), job.sourceId);
        Format format = mapping.wanted(source.plan().format());
        return submitJob.submit(new Submission(
                owner,
                mapping,
                job.fileName,
                replanner.plan(source, format),
                source.sha256(),
                () -> sources.use(owner.user(), source.id()),
                () -> {},
                null,
                job.id));
    }
}
