package dev.importonce.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How work is claimed. */
@ConfigMapping(prefix = "importonce")
public interface QueueConfig {
    /** In-process workers, of two threads each; 0 where only requests work, as on serverless platforms. */
    @WithDefault("2")
    int workers();

    /** A direct (not pooled) JDBC URL to LISTEN and to tell others on; without it workers only poll. */
    Optional<String> listenUrl();

    /** How often idle workers look for work that nobody told them of: of other processes, or whose time has come. */
    @WithDefault("PT1S")
    Duration poll();

    /** Of {@link #lease}. */
    String DEFAULT_LEASE = "PT60S";

    /** How long a claim lasts without a heartbeat; after that anyone may take the work over. All other limits follow from it. */
    @WithDefault(DEFAULT_LEASE)
    Duration lease();
}
