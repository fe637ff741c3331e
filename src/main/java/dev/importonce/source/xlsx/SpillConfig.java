package dev.importonce.source.xlsx;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where spreadsheets lie while they are read. */
@ConfigMapping(prefix = "importonce")
public interface SpillConfig {
    /** A folder that can be written. Absent: the JVM's own for temporary files, usually {@code /tmp}. */
    Optional<Path> spillDir();

    /** Most bytes there at a time. Absent: half of what is free there when the first file comes. */
    Optional<MemorySize> maxSpillBytes();
}
