package dev.importonce.platform;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Lambda's limit for requests and answers: 6 MB of JSON, bytes in base64. AWS' own URLs and APIs answer larger requests with
 * 413 themselves, so that these do not get here.
 */
@ApplicationScoped
class Payload {
    private static final int MOST_BYTES = 6 * 1024 * 1024;

    /** No character takes more bytes in JSON than {@code \u0000}. */
    private static final int MOST_BYTES_PER_CHARACTER = 6;

    private static final String REQUEST = "AWS Lambda passes on requests of up to 6 MB, files counted in base64:"
            + " about 4.5 MB. Send the file ahead in pieces of up to 4 MB (POST /api/sources/tus, resumable), or in one"
            + " to POST /api/sources if it is small enough or where this service does not run on Lambda, and import it"
            + " with its \"sourceId\"; or put it into Storage and name it in \"storage\".";
    private static final String ANSWER = "AWS Lambda passes on answers of up to 6 MB; this one is larger. Ask for it"
            + " compressed (Accept-Encoding: gzip), for fewer items (limit), or where this service does not run on Lambda.";

    private final ObjectMapper json;

    Payload(ObjectMapper json) {
        this.json = json;
    }

    /** Whether a request is small enough. */
    boolean passes(APIGatewayV2HTTPEvent event) {
        String body = event.getBody();
        return body == null || !mayExceed(body) || bytes(body).length <= MOST_BYTES;
    }

    /** The answer (413) to a request that is too large. */
    APIGatewayV2HTTPResponse refusal() {
        return tooLarge(REQUEST);
    }

    /** An answer within the limit: unchanged, otherwise compressed if the caller accepts that, otherwise 413. */
    APIGatewayV2HTTPResponse fit(APIGatewayV2HTTPEvent event, APIGatewayV2HTTPResponse response) {
        if (fits(response)) return response;
        if (takesGzip(event)) {
            APIGatewayV2HTTPResponse compressed = compress(response);
            if (fits(compressed)) return compressed;
        }
        return tooLarge(ANSWER);
    }

    private boolean fits(APIGatewayV2HTTPResponse response) {
        String body = response.getBody();
        return body == null || !mayExceed(body) || bytes(response).length <= MOST_BYTES;
    }

    private static boolean mayExceed(String body) {
        return body.length() > MOST_BYTES / MOST_BYTES_PER_CHARACTER;
    }

    private static boolean takesGzip(APIGatewayV2HTTPEvent event) {
        return event.getHeaders() != null
                && event.getHeaders().entrySet().stream()
                        .anyMatch(header -> header.getKey().equalsIgnoreCase("accept-encoding")
                                && header.getValue().toLowerCase(Locale.ROOT).contains("gzip"));
    }

    private static APIGatewayV2HTTPResponse compress(APIGatewayV2HTTPResponse response) {
        byte[] body = response.getIsBase64Encoded()
                ? Base64.getDecoder().decode(response.getBody())
                : response.getBody().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> headers = new HashMap<>(response.getHeaders());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-length"));
        headers.put("Content-Encoding", "gzip");
        headers.merge("Vary", "Accept-Encoding", (one, other) -> one + ", " + other);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.getStatusCode())
                .withHeaders(headers)
                .withCookies(response.getCookies())
                .withBody(Base64.getEncoder().encodeToString(compressed.toByteArray()))
                .withIsBase64Encoded(true)
                .build();
    }

    private APIGatewayV2HTTPResponse tooLarge(String detail) {
        Problem problem = Problem.of(ProblemType.TOO_LARGE, Sentence.said(detail), List.of());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(problem.status())
                .withHeaders(Map.of("Content-Type", "application/problem+json"))
                .withBody(new String(bytes(problem), StandardCharsets.UTF_8))
                .build();
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
