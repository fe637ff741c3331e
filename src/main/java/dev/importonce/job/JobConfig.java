package dev.importonce.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How a job is cut. */
@ConfigMapping(prefix = "importonce")
public interface JobConfig {
    /**
     * Most rows per share of the natural keys, until a job has 64 of them. The more, the better the rows of one insert lie
     * together in the indexes; the fewer, the sooner a worker is free for somebody else's job. Of a job that can be undone
     * two fifths: before-images make a row take up to three times as long, and a merge must end within its lease.
     */
    @WithDefault("250000")
    int shareRows();

    /**
     * Previews that a process works out at once. Each holds one of the connections that callers have, which are half of all,
     * for as long as that takes. No user has all of them.
     */
    @WithDefault("2")
    int previews();

    /**
     * How long somebody who watches a job is told of its changes before asking again; absent: until it has ended. For
     * platforms that pass on an answer only when it is whole.
     */
    Optional<Duration> watch();
}
