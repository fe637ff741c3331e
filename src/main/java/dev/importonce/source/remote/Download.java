package dev.importonce.source.remote;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** One GET to a URL that operators have configured. Redirects are not followed, since they could lead anywhere. */
@ApplicationScoped
class Download {
    private static final Logger LOG = Logger.getLogger(Download.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "importonce-download-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration patience;

    /** @param patience time limit until the answer begins, and for each read of its body */
    Download(@ConfigProperty(name = "importonce.storage-timeout", defaultValue = "PT20S") Duration patience) {
        this.patience = patience;
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Sends the request and waits for the headers of the answer; 503 when there is no answer. */
    HttpResponse<InputStream> begin(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(patience).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            LOG.warnf("storage cannot be reached: %s", e.getMessage());
            throw away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away();
        }
    }

    /**
     * The body of a successful answer. A body whose end is only the end of the connection could be incomplete, and is
     * refused.
     */
    Fetched body(HttpResponse<InputStream> answer) throws IOException {
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        boolean chunked = answer.headers().firstValue("Transfer-Encoding").isPresent();
        InputStream body = new WatchedStream(answer.body(), watch, patience);
        if (length >= 0 || chunked) return new Fetched(body, length);
        body.close();
        LOG.warn("storage does not say where a file ends");
        throw away();
    }

    /** The storage is currently not available. */
    static ProblemException away() {
        return new ProblemException(ProblemType.UNAVAILABLE, Sentence.of("storage-away"));
    }

    /** There is no such file that this caller may read. */
    static ProblemException notFound(StoredFile file) {
        return new ProblemException(
                ProblemType.NOT_FOUND, Sentence.of("no-file-in-bucket", file.path(), file.bucket()));
    }
}
