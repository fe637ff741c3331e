package dev.importonce.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a job is cut. */
@ConfigMapping(prefix = "importonce")
interface JobConfig {
    /** Rows per share of the natural keys: a job with no more than that is merged all or nothing. */
    @WithDefault("50000")
    int shareRows();
}
