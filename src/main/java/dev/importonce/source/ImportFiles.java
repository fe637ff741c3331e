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

/** The files that callers want to import: uploaded, in a store, or sent before. */
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
     * Receives the file of a request up to its end.
     *
     * @param fileName the name that the sender gave it, or null
     * @param hint the sender's format hints; null: they may still come
     * @throws ProblemException when the bytes are too many or cannot be read; nothing is kept then
     * @throws IOException when the connection breaks; nothing is kept then
     */
    public ImportFile receive(UUID userId, InputStream body, String fileName, FormatHint hint) throws IOException {
        return received(intake.receive(userId, body, FileName.of(fileName), hint));
    }

    /**
     * Fetches a file from the configured S3 bucket or from Supabase Storage; a problem when there is no such file that the
     * caller may read.
     */
    public ImportFile fetch(Caller caller, StoredFile file, FormatHint hint) throws IOException {
        try (Fetched fetched = bucket.has(file) ? bucket.fetch(caller.user(), file) : storage.fetch(file)) {
            checkLength(fetched.length());
            return receive(caller.user(), fetched.body(), file.name(), hint);
        }
    }

    /** A file that the user has sent before; a problem if there is no such source or its bytes are deleted. */
    public ImportFile sent(UUID userId, UUID sourceId) {
        return new SentFile(sources.use(userId, sourceId), planner, sources, blocks, sender.departure()::get);
    }

    /** Refuses a file whose announced length is too large; -1: the length is not announced. */
    public void checkLength(long bytes) {
        intake.checkLength(bytes);
    }

    /**
     * Makes a source of bytes that are sent without format hints: a new source, or the one that the same user has with these
     * bytes. A mapping may add hints later; a file that cannot be read with any hint is refused.
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
