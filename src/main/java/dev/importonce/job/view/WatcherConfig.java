package dev.importonce.job.view;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for watchers of jobs. */
@ConfigMapping(prefix = "importonce")
interface WatcherConfig {
    /**
     * Maximum number of event streams at a time in this process: each polls its job twice a second until its reader closes
     * it.
     */
    @WithDefault("500")
    int watchers();

    /** Maximum number of streams of one user, who has one for each browser tab that follows a job. */
    @WithDefault("20")
    int watchersPerUser();
}
