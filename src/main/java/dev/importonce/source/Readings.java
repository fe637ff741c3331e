package dev.importonce.source;

import dev.importonce.source.block.Reading;
import dev.importonce.source.format.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.function.Supplier;

/** Begins readings of files, each for the caller that waits for it. */
@ApplicationScoped
class Readings {
    private final SourceConfig config;
    private final Sender sender;

    Readings(SourceConfig config, Sender sender) {
        this.config = config;
        this.sender = sender;
    }

    /**
     * Begins a reading, whose time starts now.
     *
     * @param file opens the file's bytes, from their beginning
     * @param length the number of bytes
     */
    Reading begin(Supplier<InputStream> file, long length, Format format) {
        return new Reading(
                file,
                length,
                format.isGzip() || format.type().equals(Format.XLSX),
                config.maxFileBytes().asLongValue(),
                System::nanoTime,
                sender.departure()::get);
    }
}
