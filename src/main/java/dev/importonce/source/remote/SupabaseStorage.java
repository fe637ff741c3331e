package dev.importonce.source.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.logging.Logger;

/** Reads files in Supabase Storage with the caller's own token, so that the storage policies decide who may read which file. */
@ApplicationScoped
public class SupabaseStorage {
    private static final Logger LOG = Logger.getLogger(SupabaseStorage.class);
    private static final String OBJECTS = "/storage/v1/object/authenticated/";
    private static final int MAX_ERROR_BYTES = 4096;

    private final StorageConfig config;
    private final CurrentCaller caller;
    private final Download download;
    private final ObjectMapper json;

    SupabaseStorage(StorageConfig config, CurrentCaller caller, Download download, ObjectMapper json) {
        this.config = config;
        this.caller = caller;
        this.download = download;
        this.json = json;
    }

    public Fetched fetch(StoredFile file) throws IOException {
        String project = config.url()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PARAMETER, Sentence.of("no-storage-with-bucket", file.bucket())));
        String token = caller.token()
                .orElseThrow(() -> new ProblemException(ProblemType.FORBIDDEN, Sentence.of("storage-needs-token")));
        URI address = URI.create(project.replaceFirst("/+$", "") + OBJECTS + file.encoded());
        HttpResponse<InputStream> answer =
                download.begin(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
        if (answer.statusCode() == 200) return download.body(answer);
        int status = status(answer);
        LOG.debugf("storage answered %d", status);
        if (status == 404) throw Download.notFound(file);
        if (status == 401 || status == 403)
            throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("bucket-not-readable", file.bucket()));
        throw Download.away();
    }

    /** Older versions answer every error with 400 and have the actual status in the body. */
    private int status(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 400) return answer.statusCode();
            return json.readTree(body.readNBytes(MAX_ERROR_BYTES))
                    .path("statusCode")
                    .asInt(400);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return answer.statusCode();
        }
    }
}
