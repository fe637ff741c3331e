package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in with which token. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class TokenApiTest {
    private static final UUID USER = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    private static final String SEND_ONE = "Send an Authorization header with a bearer token.";
    private static final String NOT_VALID = "The bearer token is not valid here or has expired. Sign in again.";

    static Stream<Named<String>> badTokens() {
        String good = Jwt.of(USER).sign();
        String[] parts = good.split("\\.");
        return Stream.of(
                Named.of("no token", "nonsense"),
                Named.of("two dots", ".."),
                Named.of("three words", "a.b.c"),
                Named.of("five parts", good + "." + good.substring(0, good.indexOf('.', good.indexOf('.') + 1))),
                Named.of("without signature", parts[0] + "." + parts[1] + "."),
                Named.of(
                        "with another's claims",
                        parts[0] + "." + Jwt.of(UUID.randomUUID()).sign().split("\\.")[1] + "." + parts[2]),
                Named.of("expired", Jwt.of(USER).expiring(-60).sign()),
                Named.of("without expiry", Jwt.of(USER).with("exp", null).sign()),
                Named.of(
                        "expiring at no time",
                        Jwt.of(USER).with("exp", "tomorrow").sign()),
                Named.of("not yet valid", Jwt.of(USER).startingIn(60).sign()),
                Named.of("of another secret", Jwt.of(USER).sign("x".repeat(40), AlgorithmIdentifiers.HMAC_SHA256)),
                Named.of(
                        "of another algorithm",
                        Jwt.of(USER).sign(Jwt.SECRET.repeat(2), AlgorithmIdentifiers.HMAC_SHA512)),
                Named.of("not signed", Jwt.of(USER).unsigned()),
                Named.of(
                        "of another audience",
                        Jwt.of(USER).with("aud", "elsewhere").sign()),
                Named.of("anonymous", Jwt.of(USER).with("role", "anon").sign()),
                Named.of("without user", Jwt.of(USER).with("sub", null).sign()),
                Named.of(
                        "of a user that is no UUID",
                        Jwt.of(USER).with("sub", "ann").sign()),
                Named.of(
                        "of a role that is no text",
                        Jwt.of(USER).with("role", 1).sign()));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void a_bad_token_opens_nothing(String token) {
        assertRefused("Bearer " + token, NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YW5uOmxlZQ==", "Bearer", "Token abc", ""})
    void no_token_opens_nothing(String authorization) {
        assertRefused(authorization, SEND_ONE);
    }

    @Test
    void a_good_token_opens_the_door_however_the_scheme_is_spelt() {
        for (String scheme : new String[] {"Bearer ", "bearer ", "BEARER  "})
            assertEquals(
                    200, get("/api/migrations", scheme + Jwt.of(USER).sign()).statusCode());
    }

    @Test
    void the_key_that_supabase_js_sends_along_is_ignored() {
        for (String key :
                new String[] {"sb_publishable_x", Jwt.of(USER).expiring(-60).sign()})
            assertEquals(
                    200,
                    Send.send(Send.request("/api/migrations")
                                    .header("apikey", key)
                                    .header(
                                            "Authorization",
                                            "Bearer " + Jwt.of(USER).sign()))
                            .statusCode());
        Refusal.of(Send.send(Send.request("/api/migrations")
                        .header("apikey", Jwt.ofService().sign())))
                .is("unauthenticated", SEND_ONE);
    }

    @Test
    void who_is_refused_is_told_so_in_the_own_language() {
        Map.of(
                        "",
                        "no-token: Senden Sie einen Authorization-Header mit einem Bearer-Token.",
                        "Bearer x",
                        "token-not-valid: Das Bearer-Token gilt hier nicht oder ist abgelaufen. Melden Sie sich erneut an.",
                        "Bearer " + Jwt.ofService().sign(),
                        "names-no-user: Ein Token mit service_role handelt für niemanden: Nennen Sie den Benutzer in X-User-Id.")
                .forEach((authorization, said) -> assertEquals(said, german(authorization)));
    }

    @Test
    void how_to_sign_in_is_told_whatever_is_shown() {
        for (String token : new String[] {
            Jwt.of(USER).expiring(-60).sign(), Jwt.of(USER).with("role", "anon").sign(), "nonsense"
        }) assertEquals(200, get("/api/sign-in", "Bearer " + token).statusCode());
    }

    @Test
    void refused_addresses_are_not_counted_one_by_one() {
        String job = UUID.randomUUID().toString();

        assertEquals(401, get("/api/migrations/" + job, "Bearer nonsense").statusCode());

        String metrics = get("/q/metrics", "").body();
        assertTrue(metrics.contains("http_server_requests_seconds_count"), metrics);
        assertFalse(metrics.contains(job), metrics);
    }

    @Test
    void clocks_may_differ_by_a_few_seconds() {
        assertEquals(
                200,
                get("/api/migrations", "Bearer " + Jwt.of(USER).expiring(-2).sign())
                        .statusCode());
        assertEquals(
                200,
                get("/api/migrations", "Bearer " + Jwt.of(USER).startingIn(2).sign())
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui/"})
    void what_operators_look_at_needs_no_token(String address) {
        assertEquals(200, Send.send(Send.request(address)).statusCode());
    }

    @Test
    void a_page_of_another_site_may_call_with_a_token() {
        HttpRequest.Builder request = Send.request("/api/migrations")
                .header("Authorization", "Bearer " + Jwt.of(USER).sign())
                .header("Origin", "https://app.example");
        assertEquals(200, Send.send(request).statusCode());
    }

    /** Code and detail of the answer to a call for contacts. */
    private static String german(String authorization) {
        JsonPath problem = JsonPath.from(Send.send(Send.request("/api/contacts")
                        .header("Authorization", authorization)
                        .header("Accept-Language", "de"))
                .body());
        return problem.getString("code") + ": " + problem.getString("detail");
    }

    private static void assertRefused(String authorization, String detail) {
        HttpRequest.BodyPublisher file = BodyPublishers.ofByteArray(Imports.csv("ann@example.com,Ann,Lee"));
        Stream.of(
                        Send.request("/api/migrations"),
                        Send.request("/api/contacts"),
                        Send.request("/api/migrations/" + UUID.randomUUID()),
                        Send.request("/api/sources")
                                .header("Content-Type", "text/csv")
                                .POST(file),
                        Send.request(Send.RUN)
                                .header("Content-Type", "image/png")
                                .POST(file),
                        Send.request("/functions/v1/migrations-run").POST(file))
                .map(request -> authorization.isEmpty() ? request : request.header("Authorization", authorization))
                .map(Send::send)
                .forEach(response -> {
                    Refusal.of(response).is("unauthenticated", detail);
                    assertEquals(
                            "Bearer",
                            response.headers().firstValue("WWW-Authenticate").orElse(null));
                });
    }

    private static HttpResponse<String> get(String target, String authorization) {
        return Send.send(Send.request(target).header("Authorization", authorization));
    }
}
