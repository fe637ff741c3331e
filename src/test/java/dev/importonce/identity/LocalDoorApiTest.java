package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local mode needs no token, so no web page may reach it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LocalDoorApiTest {
    private static final String FOREIGN_HOST =
            "Without sign-in this service answers only to localhost, 127.0.0.1 and the hosts in IMPORTONCE_ALLOWED_HOSTS.";
    private static final String FOREIGN_ORIGIN =
            "Without sign-in this service does not answer to pages of other sites.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere.example",
                "elsewhere.example:8080",
                "localhost.elsewhere.example",
                "127.0.0.1.elsewhere.example",
                "192.168.0.1",
                "0.0.0.0",
                "",
            })
    void a_host_that_is_not_this_machine_is_refused(String host) throws IOException {
        get("Host: " + host).refusal().is("forbidden", FOREIGN_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost@elsewhere.example", "localhost, elsewhere.example", "local host", "]["})
    void a_host_that_is_none_is_refused(String host) throws IOException {
        get("Host: " + host).refusal().is("malformed-request", "The Host header is not a host.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.8.9.1", "[::1]:80", "app.localhost"})
    void a_host_that_is_this_machine_is_let_in(String host) throws IOException {
        assertEquals(200, get("Host: " + host).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "null",
                "http://localhost.elsewhere.example",
                "http://localhost@elsewhere.example",
                "file://",
                "not a url",
                "",
            })
    void a_page_of_another_site_is_refused(String origin) throws IOException {
        get("Host: localhost", "Origin: " + origin).refusal().is("forbidden", FOREIGN_ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:3000", "http://127.0.0.1:8080", "https://[::1]"})
    void a_page_of_this_machine_is_let_in(String origin) throws IOException {
        assertEquals(200, get("Host: localhost", "Origin: " + origin).status());
    }

    @Test
    void only_a_page_of_this_machine_is_allowed_by_a_preflight() {
        assertEquals("http://localhost:3000", preflight("http://localhost:3000"));
        assertEquals("", preflight("https://elsewhere.example"));
    }

    private static String preflight(String origin) {
        return Send.send(Send.request("/functions/v1/migrations-run")
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()))
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse("");
    }

    @Test
    void a_client_that_prefers_http2_is_answered_in_http1() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> response =
                client.send(Send.request("/api/migrations").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_1_1, response.version());
        assertEquals(200, response.statusCode(), response::body);
    }

    @Test
    void a_request_without_host_is_refused() throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head("GET /api/migrations HTTP/1.0").answer().refusal().is("forbidden", FOREIGN_HOST);
        }
    }

    private static Wire.Answer get(String... headers) throws IOException {
        return Wire.get("/api/migrations?limit=1", headers);
    }
}
