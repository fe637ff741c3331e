package dev.importonce.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How a job is cut. */
@ConfigMapping(prefix = "importonce")
interface JobConfig {
    /** Rows per share of the natural keys: a job with no more than that is merged all or nothing. */
    @WithDefault("50000")
    int shareRows();

    /**
     * How long somebody who watches a job is told of its changes before asking again; absent: until it has ended. For
     * platforms that pass on an answer only when it is whole.
     */
    Optional<Duration> watch();
}
