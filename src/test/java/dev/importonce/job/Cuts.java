package dev.importonce.job;

import dev.importonce.source.SourceConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** How files and jobs are cut, as configured unless a test says otherwise. */
@ApplicationScoped
public class Cuts {
    private volatile int chunkRows;
    private volatile int shareRows;

    /** Cuts from now on like that; 0: as configured. */
    public void set(int chunkRows, int shareRows) {
        this.chunkRows = chunkRows;
        this.shareRows = shareRows;
    }

    int chunkRows(int configured) {
        return chunkRows == 0 ? configured : chunkRows;
    }

    int shareRows(int configured) {
        return shareRows == 0 ? configured : shareRows;
    }

    /** The configured limits with the test's block size. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Blocks implements SourceConfig {
        private final SourceConfig configured =
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(SourceConfig.class);
        private final Cuts cuts;

        Blocks(Cuts cuts) {
            this.cuts = cuts;
        }

        @Override
        public MemorySize maxFileBytes() {
            return configured.maxFileBytes();
        }

        @Override
        public int chunkRows() {
            return cuts.chunkRows(configured.chunkRows());
        }
    }

    /** The configured share size, or the test's. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Shares implements JobConfig {
        private final JobConfig configured =
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(JobConfig.class);
        private final Cuts cuts;

        Shares(Cuts cuts) {
            this.cuts = cuts;
        }

        @Override
        public int shareRows() {
            return cuts.shareRows(configured.shareRows());
        }

        @Override
        public int previews() {
            return configured.previews();
        }

        @Override
        public Optional<Duration> watch() {
            return configured.watch();
        }
    }
}
