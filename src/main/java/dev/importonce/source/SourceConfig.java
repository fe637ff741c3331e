package dev.importonce.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for received files. */
@ConfigMapping(prefix = "importonce")
public interface SourceConfig {
    /** Largest file, in bytes (or with a unit: 10M). */
    @WithDefault("1G")
    MemorySize maxFileBytes();

    /** Maximum number of records in a block, the unit of reading. */
    @WithDefault("5000")
    int chunkRows();
}
