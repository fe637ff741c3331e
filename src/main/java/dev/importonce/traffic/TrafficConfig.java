package dev.importonce.traffic;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** What one sender may take of a process, so that something is left for the others. */
@ConfigMapping(prefix = "importonce")
public interface TrafficConfig {
    /**
     * Most files, and other bodies over 16 KB, that come in or are read at a time. Each holds a request thread, of which there are
     * 120 and at most half are for files, and some megabytes. Absent: one for each 32 MB of heap, 4 to 32.
     */
    OptionalInt uploads();

    /** Most of them from one user: a page sends one, a script a few side by side. Where nobody signs in there is just one user. */
    @WithDefault("8")
    int uploadsPerUser();

    /** How long a request waits for its turn before it is told to come again. Proxies give up after 60 seconds. */
    @WithDefault("PT30S")
    Duration turnWait();

    /**
     * Bytes per second that a body must come in and an answer be taken at, on average; sixteen times as many for large bodies
     * while others wait for their turn. The slowest lines that people have are some ten times as fast.
     */
    @WithDefault("1K")
    MemorySize leastRate();

    /** How long one may be slower than that, and how long a request's head may take: a line may be gone for some seconds. */
    @WithDefault("PT20S")
    Duration leastRateGrace();

    /**
     * Most connections at a time. One more takes the place of the one that has had no request in work for the longest time.
     * Absent: one for each 256 KB of heap, 512 to 10,000.
     */
    OptionalInt connections();
}
