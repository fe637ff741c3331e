package dev.importonce.traffic;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Limits for senders, so that one sender cannot block the others. */
@ConfigMapping(prefix = "importonce")
public interface TrafficConfig {
    /**
     * Maximum number of uploads that are processed at a time, never more than half of the request threads: each holds a
     * thread and some megabytes. Absent: one for each 32 MB of heap, 4 to 32.
     */
    OptionalInt uploads();

    /**
     * Maximum number of these of one user. Absent: half of all, so that one user cannot occupy all. Without sign-in there is
     * only one user.
     */
    OptionalInt uploadsPerUser();

    /** How long an upload waits for its turn before it is answered 429. Proxies give up after 60 seconds. */
    @WithDefault("PT30S")
    Duration uploadWait();

    /**
     * The lowest average rate of a body, in bytes per second; sixteen times as much while other uploads wait for their turn.
     * Slow mobile connections are about ten times as fast.
     */
    @WithDefault("1K")
    MemorySize leastRate();

    /** How far a body may be behind that rate, since a connection may be interrupted for some seconds. */
    @WithDefault("PT20S")
    Duration leastRateGrace();
}
