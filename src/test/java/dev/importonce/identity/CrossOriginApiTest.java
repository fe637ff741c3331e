package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.platform.TestPostgres;
import dev.importonce.problem.Send;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
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
