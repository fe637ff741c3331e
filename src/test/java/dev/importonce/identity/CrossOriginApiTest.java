package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins, as browsers ask for them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(CrossOriginApiTest.TwoOrigins.class)
class CrossOriginApiTest {
    private static final String OURS = "https://app.example";
    private static final UUID USER = UUID.randomUUID();
    private static final List<String> SENT_BY_SUPABASE_JS =
            List.of("authorization", "apikey", "content-type", "x-client-info", "x-region", "x-retry-count");

    /** With sign-in, for the pages of two origins. */
    public static class TwoOrigins extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.cors-origins", OURS + ",http://localhost:3000");
            return settings;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/migrations/run",
                "/functions/v1/migrations-run",
                "/api/migrations/x/cancel",
                "/api/contacts"
            })
    void a_page_of_ours_may_send_what_supabase_js_sends(String target) {
        for (String origin : List.of(OURS, "http://localhost:3000")) {
            HttpResponse<String> preflight = preflight(target, origin);
            assertEquals(204, preflight.statusCode());
            assertEquals(origin, header(preflight, "Access-Control-Allow-Origin"));
            assertEquals("Origin", header(preflight, "Vary"));
            assertTrue(words(preflight, "Access-Control-Allow-Headers").containsAll(SENT_BY_SUPABASE_JS));
            assertTrue(words(preflight, "Access-Control-Allow-Methods").containsAll(Set.of("get", "post", "delete")));
            assertEquals("", header(preflight, "Access-Control-Allow-Credentials"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "https://app.example.elsewhere.example",
                "http://app.example",
                "null"
            })
    void a_page_of_another_origin_may_not(String origin) {
        assertEquals("", header(preflight("/api/migrations/run", origin), "Access-Control-Allow-Origin"));
        assertEquals("", header(preflight("/api/migrations/run", origin), "Access-Control-Allow-Headers"));
        assertEquals("", header(get(origin), "Access-Control-Allow-Origin"));
    }

    @Test
    void answers_and_refusals_can_be_read_by_the_page() {
        HttpResponse<String> answer = get(OURS);
        assertEquals(200, answer.statusCode());
        assertEquals(OURS, header(answer, "Access-Control-Allow-Origin"));
        assertTrue(words(answer, "Access-Control-Expose-Headers").containsAll(Set.of("location", "retry-after")));

        HttpResponse<String> refusal = Send.send(Send.request("/functions/v1/migrations-run")
                .header("Origin", OURS)
                .POST(BodyPublishers.noBody()));
        assertEquals(401, refusal.statusCode());
        assertEquals(OURS, header(refusal, "Access-Control-Allow-Origin"));
    }

    /** What pages may read of any answer (Fetch Standard, section 2.2.2), or has a meaning between client and server only. */
    private static final Set<String> NOT_TO_BE_EXPOSED = Set.of(
            "cache-control",
            "content-language",
            "content-length",
            "content-type",
            "vary",
            "connection",
            "transfer-encoding",
            "content-encoding");

    @Test
    void every_header_of_an_answer_can_be_read_by_the_page() {
        String upload = "/api/sources/tus";
        byte[] file = Imports.csv("@exposed.example,Ann,Lee");
        HttpResponse<String> created =
                tus(upload, "POST", Map.of("Upload-Length", "" + file.length, "Upload-Metadata", "a YQ=="), null);
        assertEquals(201, created.statusCode(), created::body);
        String piece = URI.create(header(created, "Location")).getPath();
        Map<String, String> isPiece = Map.of("Upload-Offset", "0", "Content-Type", "application/offset+octet-stream");
        HttpResponse<String> whole = tus(piece, "PATCH", isPiece, file);
        assertEquals(204, whole.statusCode(), whole::body);
        HttpResponse<String> run = tus(Send.runWith(Imports.MAPPING), "POST", Map.of("Content-Type", "text/csv"), file);
        assertEquals(202, run.statusCode(), run::body);

        for (HttpResponse<String> answer : List.of(
                created,
                whole,
                run,
                tus(upload, "OPTIONS", Map.of(), null),
                tus(piece, "HEAD", Map.of(), null),
                tus(piece, "GET", Map.of(), null),
                tus(piece, "PATCH", isPiece, file),
                tus(piece, "HEAD", Map.of("Tus-Resumable", "0.2.2"), null),
                tus(URI.create(header(run, "Location")).getPath() + "/rejects", "GET", Map.of(), null),
                tus("/api/migrations/run", "DELETE", Map.of(), null),
                tus("/api/migrations/run", "OPTIONS", Map.of(), null),
                tus("/api/migrations", "GET", Map.of("Authorization", "Bearer x"), null))) {
            Set<String> names = new HashSet<>(answer.headers().map().keySet());
            names.removeIf(name -> NOT_TO_BE_EXPOSED.contains(name) || name.startsWith("access-control-"));
            names.removeAll(words(answer, "Access-Control-Expose-Headers"));
            assertEquals(Set.of(), names, answer.request().method() + " " + answer.uri());
        }
        assertFalse(header(whole, "Upload-Source-Id").isEmpty());
    }

    private static HttpResponse<String> tus(String target, String method, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = Send.request(target)
                .header("Origin", OURS)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("Authorization", "Bearer " + Jwt.of(USER).sign())
                .setHeader("Tus-Resumable", "1.0.0");
        headers.forEach(request::setHeader);
        return Send.send(request);
    }

    private static HttpResponse<String> get(String origin) {
        return Send.send(Send.request("/api/migrations")
                .header("Origin", origin)
                .header("Authorization", "Bearer " + Jwt.of(UUID.randomUUID()).sign()));
    }

    private static HttpResponse<String> preflight(String target, String origin) {
        HttpRequest.Builder request = Send.request(target)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", String.join(",", SENT_BY_SUPABASE_JS))
                .method("OPTIONS", BodyPublishers.noBody());
        return Send.send(request);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static Set<String> words(HttpResponse<String> response, String name) {
        return Arrays.stream(header(response, name)
                        .toLowerCase(java.util.Locale.ROOT)
                        .split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
