package dev.importonce.traffic;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** What senders may take of a process, so that something is left for the others. */
@ConfigMapping(prefix = "importonce")
public interface TrafficConfig {
    /**
     * Most uploads in work at a time, never more than half of the request threads: each holds a thread and some megabytes. Absent:
     * one for each 32 MB of heap, 4 to 32.
     */
    OptionalInt uploads();

    /** Most of them of one user. Absent: half of all, so that no user has all. Where nobody signs in there is just one user. */
    OptionalInt uploadsPerUser();

    /** How long an upload waits for its turn before it is told to come again. Proxies give up after 60 seconds. */
    @WithDefault("PT30S")
    Duration uploadWait();

    /**
     * Bytes per second that a body must come in with, on average; sixteen times as many while other uploads wait for their turn.
     * Slow mobile lines are some ten times as fast.
     */
    @WithDefault("1K")
    MemorySize leastRate();

    /** How far behind that rate a body may be: a line may be gone for some seconds. */
    @WithDefault("PT20S")
    Duration leastRateGrace();
}
