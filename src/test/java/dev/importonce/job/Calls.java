package dev.importonce.job;

import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Many calls at once, as only a bare client can make them. */
final class Calls {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private Calls() {}

    /** A request to import a file's bytes. */
    static HttpRequest run(String base, byte[] file, String mapping) {
        return HttpRequest.newBuilder(URI.create(
                        base + "/api/migrations/run?mapping=" + URLEncoder.encode(mapping, StandardCharsets.UTF_8)))
                .header("Content-Type", "text/csv")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                .build();
    }

    /** Sends that many at once, to the bases in turn, and waits for all answers. */
    static List<HttpResponse<String>> atOnce(int count, List<String> bases, byte[] file, String mapping) {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> CLIENT.sendAsync(
                        run(bases.get(i % bases.size()), file, mapping), HttpResponse.BodyHandlers.ofString()))
                .toList());
        return calls.stream().map(CompletableFuture::join).toList();
    }

    /** Posts JSON. */
    static HttpResponse<String> post(String address, String json) {
        return CLIENT.sendAsync(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }

    /** Sends one request. */
    static HttpResponse<String> send(HttpRequest request) {
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    /** The job once it has ended. */
    static JsonPath ended(String base, String jobId, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonPath job = JsonPath.from(get(base + "/api/migrations/" + jobId).body());
            if (job.getString("finishedAt") != null) return job;
            if (System.nanoTime() > deadline) throw new AssertionError("job has not ended: " + job.prettify());
            LockSupport.parkNanos(50_000_000);
        }
    }

    static HttpResponse<String> get(String address) {
        return CLIENT.sendAsync(
                        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
