package dev.importonce.source;

import dev.importonce.http.FileName;
import dev.importonce.identity.Caller;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.remote.Fetched;
import dev.importonce.source.remote.S3Bucket;
import dev.importonce.source.remote.StoredFile;
import dev.importonce.source.remote.SupabaseStorage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** The files that callers want imported, wherever they come from. */
@ApplicationScoped
public class ImportFiles {
    private final Intake intake;
    private final S3Bucket bucket;
    private final SupabaseStorage storage;
    private final Planner planner;
    private final SourceStore sources;
    private final BlockStore blocks;
    private final Sender sender;

    ImportFiles(
            Intake intake,
            S3Bucket bucket,
            SupabaseStorage storage,
            Planner planner,
            SourceStore sources,
            BlockStore blocks,
            Sender sender) {
        this.intake = intake;
        this.bucket = bucket;
        this.storage = storage;
        this.planner = planner;
        this.sources = sources;
        this.blocks = blocks;
        this.sender = sender;
    }

    /**
     * Takes in what a request brings, to its end.
     *
     * @param fileName as the sender names it, or null
     * @param hint what the sender says about it; null: may still come
     * @throws ProblemException when the bytes are too many or cannot be read; nothing is kept then
     * @throws IOException when the sender breaks off; nothing is kept then
     */
    public ImportFile receive(UUID userId, InputStream body, String fileName, FormatHint hint) throws IOException {
        return received(intake.receive(userId, body, FileName.of(fileName), hint));
    }

    /** The same of a file in the configured S3 bucket or in Supabase Storage; a problem when there is none that the caller may read. */
    public ImportFile fetch(Caller caller, StoredFile file, FormatHint hint) throws IOException {
        try (Fetched fetched = bucket.has(file) ? bucket.fetch(caller.user(), file) : storage.fetch(file)) {
            checkLength(fetched.length());
            return receive(caller.user(), fetched.body(), file.name(), hint);
        }
    }

    /** The one that the user has sent before as that source; a problem if there is none or its bytes are gone. */
    public ImportFile sent(UUID userId, UUID sourceId) {
        return new SentFile(sources.use(userId, sourceId), planner, sources, blocks, sender.departure()::get);
    }

    /** Refuses by its announced length, or -1, what would be refused by its length. */
    public void checkLength(long bytes) {
        intake.checkLength(bytes);
    }

    /**
     * Makes a source of bytes that come without anything said about them: a new one, or that of the same user that had them before.
     * What a mapping may say about them can still come; what cannot be read in any way is refused.
     */
    public Source take(UUID userId, InputStream bytes, String fileName) throws IOException {
        try (ReceivedFile file = received(intake.receive(userId, bytes, FileName.of(fileName), null))) {
            return sources.find(userId, file.sha256()).orElseGet(() -> {
                file.prepareAsDetected();
                return file.seal();
            });
        }
    }

    private ReceivedFile received(Received received) {
        return new ReceivedFile(received, planner, sources, blocks, sender.departure()::get);
    }
}
