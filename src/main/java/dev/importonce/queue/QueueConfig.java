package dev.importonce.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How work is claimed. */
@ConfigMapping(prefix = "importonce")
public interface QueueConfig {
    /** In-process worker threads; 0 where only requests work, as on serverless platforms. */
    @WithDefault("2")
    int workers();

    /** How long a claim lasts without a heartbeat; after that anyone may take the work over. */
    @WithDefault("PT60S")
    Duration lease();
}
