package dev.importonce.source;

import dev.importonce.identity.Caller;
import dev.importonce.traffic.Admission;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;

/** Takes in files that lie in the one configured S3 bucket or in Supabase Storage. */
@ApplicationScoped
public class StoredFiles {
    private final Intake intake;
    private final S3Bucket bucket;
    private final SupabaseStorage storage;
    private final Admission admission;

    StoredFiles(Intake intake, S3Bucket bucket, SupabaseStorage storage, Admission admission) {
        this.admission = admission;
        this.intake = intake;
        this.bucket = bucket;
        this.storage = storage;
    }

    /** As if the caller had sent the file; a problem when there is none that it may read. */
    public Received receive(Caller caller, StoredFile file, FormatHint hint) throws IOException {
        Runnable leave = admission.enterWithFile();
        try (Fetched fetched = bucket.has(file) ? bucket.fetch(caller.user(), file) : storage.fetch(file)) {
            intake.checkLength(fetched.length());
            InputStream body = fetched.body();
            return intake.receive(caller.user(), body, FileName.of(file.name()), hint);
        } finally {
            leave.run();
        }
    }
}
