package dev.importonce.source;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** Makes a source of bytes that come without anything said about them. */
@ApplicationScoped
class TakeFile {
    private final Intake intake;
    private final Planner planner;
    private final SourceStore sources;

    TakeFile(Intake intake, Planner planner, SourceStore sources) {
        this.intake = intake;
        this.planner = planner;
        this.sources = sources;
    }

    /**
     * The source that has these bytes, a new one or that of the same user that had them before. What a mapping may say about
     * them can still come; what cannot be read in any way is refused.
     *
     * @param fileName as the sender names it, or null
     */
    Source take(UUID userId, InputStream bytes, String fileName) throws IOException {
        Received received = intake.receive(userId, bytes, FileName.of(fileName), null);
        boolean usable = false;
        try {
            Source source = sources.seal(received, planner.planAsDetected(received));
            usable = true;
            return source;
        } finally {
            if (!usable) intake.discard(received);
        }
    }
}
