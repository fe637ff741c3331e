package dev.importonce.job.submit;

import dev.importonce.identity.Caller;
import dev.importonce.job.MigrationJob;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.ImportFile;
import dev.importonce.source.ImportFiles;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;

/** Submits the mapping and file of a job again. */
@ApplicationScoped
public class RetryJob {
    private final ImportFiles files;
    private final MappingReader mappings;
    private final SubmitJob submitJob;

    RetryJob(ImportFiles files, MappingReader mappings, SubmitJob submitJob) {
        this.files = files;
        this.mappings = mappings;
        this.submitJob = submitJob;
    }

    public Submitted retry(Caller owner, MigrationJob job) {
        Mapping mapping = mappings.readable(job.mapping())
                .orElseThrow(() -> new ProblemException(ProblemType.CONFLICT, Sentence.of("job-of-another-version")));
        try (ImportFile file = files.sent(owner.user(), job.sourceId())) {
            return submitJob.submit(new Submission(owner, mapping, file, job.fileName(), null, job.id()));
        }
    }
}
