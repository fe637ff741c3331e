package dev.importonce.job;

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

    static HttpResponse<String> get(String address) {
        return CLIENT.sendAsync(
                        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
