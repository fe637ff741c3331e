package dev.importonce.job.view;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many may watch jobs. */
@ConfigMapping(prefix = "importonce")
interface WatcherConfig {
    /** Most streams of events at a time in this process: each looks at its job twice a second, for as long as its reader likes. */
    @WithDefault("500")
    int watchers();

    /** Most of them of one user, who has one for each tab that follows a job. */
    @WithDefault("20")
    int watchersPerUser();
}
