package dev.importonce.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of what is taken in. */
@ConfigMapping(prefix = "importonce")
public interface SourceConfig {
    /** Largest file, in bytes (or with a unit: 10M). */
    @WithDefault("1G")
    MemorySize maxFileBytes();

    /** Most records in a block, the unit of reading. */
    @WithDefault("5000")
    int chunkRows();
}
