package dev.importonce.problem;

import dev.importonce.job.Imports;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests byte for byte as a test writes them. */
public final class Send {
    /** Where imports are run. */
    public static final String RUN = "/api/migrations/run";

    private static final String BOUNDARY = "----a-boundary";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Send() {}

    /** A request, not sent yet. */
    public static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + target))
                .timeout(PATIENCE);
    }

    /** Sends it over HTTP/1.1. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(CLIENT, request);
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpResponse<String> get(String target) {
        return send(request(target));
    }

    static HttpResponse<String> post(String target) {
        return send(request(target).POST(BodyPublishers.noBody()));
    }

    static HttpResponse<String> post(String target, String contentType, byte[] body) {
        return send(request(target).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    /** An import of these parts. */
    static HttpResponse<String> parts(Part... parts) {
        return multipart(body(parts));
    }

    /** An import of a body that should be multipart. */
    static HttpResponse<String> multipart(byte[] body) {
        return post(RUN, "multipart/form-data; boundary=" + BOUNDARY, body);
    }

    static byte[] body(Part... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Part part : parts) {
            body.writeBytes(utf8("--" + BOUNDARY + "\r\nContent-Disposition: " + part.disposition + "\r\n\r\n"));
            body.writeBytes(part.content);
            body.writeBytes(utf8("\r\n"));
        }
        body.writeBytes(utf8("--" + BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    /** The address to send a file to by itself. */
    public static String runWith(String mapping) {
        return RUN + "?mapping=" + URLEncoder.encode(mapping, StandardCharsets.UTF_8);
    }

    /** As bytes. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One part of a multipart body. */
    record Part(String disposition, byte[] content) {
        static Part file(byte[] content) {
            return new Part("form-data; name=\"file\"; filename=\"c.csv\"", content);
        }

        static Part file(String content) {
            return file(utf8(content));
        }

        static Part mapping(String json) {
            return new Part("form-data; name=\"mapping\"", utf8(json));
        }

        static Part mapping() {
            return mapping(Imports.MAPPING);
        }
    }
}
