package dev.importonce.source.xlsx;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Temporary storage of spreadsheets while they are read. */
@ConfigMapping(prefix = "importonce")
public interface SpillConfig {
    /** A writable folder. Absent: the JVM's folder for temporary files, usually {@code /tmp}. */
    Optional<Path> spillDir();

    /** Maximum number of bytes in the folder at a time. Absent: half of the free space there when the first file arrives. */
    Optional<MemorySize> maxSpillBytes();
}
