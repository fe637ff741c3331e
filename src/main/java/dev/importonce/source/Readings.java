package dev.importonce.source;

import dev.importonce.source.block.Reading;
import dev.importonce.source.format.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.function.Supplier;

/** Begins readings of files, each on behalf of whoever waits for it. */
@ApplicationScoped
class Readings {
    private final SourceConfig config;
    private final Sender sender;

    Readings(SourceConfig config, Sender sender) {
        this.config = config;
        this.sender = sender;
    }

    /**
     * Begins now.
     *
     * @param file opens its bytes, from their beginning
     * @param length how many they are
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
