package dev.importonce.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How a job is divided, previewed and watched. */
@ConfigMapping(prefix = "importonce")
public interface JobConfig {
    /**
     * Maximum number of rows per share of the natural keys, until a job has 64 shares. With more rows per share, the rows of
     * one insert are closer together in the indexes; with fewer, a worker is sooner free for other users' jobs. For an
     * undoable job the limit is two fifths of this value: with before-images a row takes up to three times as long, and a
     * merge must end within its lease.
     */
    @WithDefault("250000")
    int shareRows();

    /**
     * Number of previews that a process computes at once. Each of them holds one of the connections for callers, which are
     * half of all connections, until it ends. One user cannot occupy all of them.
     */
    @WithDefault("2")
    int previews();

    /**
     * How long a stream of a job's events lasts before its reader has to connect again; absent: until the job has ended. For
     * platforms that forward an answer only when it is complete.
     */
    Optional<Duration> watch();
}
