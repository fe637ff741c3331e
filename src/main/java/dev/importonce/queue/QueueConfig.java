package dev.importonce.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How work is claimed. */
@ConfigMapping(prefix = "importonce")
public interface QueueConfig {
    /** In-process workers, of two threads each; 0 where only cron calls do the work, as on serverless platforms. */
    @WithDefault("2")
    int workers();

    /** A direct (not pooled) JDBC URL for LISTEN; if it is set, this process also sends NOTIFY. Without it workers only poll. */
    Optional<String> listenUrl();

    /**
     * How often idle workers poll for work of which they were not notified: work of other processes, or work that has become
     * due.
     */
    @WithDefault("PT1S")
    Duration poll();

    /** Of {@link #lease}, which is also read before Quarkus starts. */
    String DEFAULT_LEASE = "PT60S";

    /**
     * How long a claim lasts without a heartbeat; after that any worker may take the work over. Other time limits are
     * derived from it.
     */
    @WithDefault(DEFAULT_LEASE)
    Duration lease();
}
