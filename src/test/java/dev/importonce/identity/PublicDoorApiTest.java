package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without sign-in on every address of the machine: a page that somebody there opens must not get in under a name of its own. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(PublicDoorApiTest.OnEveryAddress.class)
class PublicDoorApiTest {
    private static final String FOREIGN_HOST =
            "Without sign-in this service answers only to localhost, 127.0.0.1 and the hosts in IMPORTONCE_ALLOWED_HOSTS.";

    /** Known by one name and one address. */
    public static class OnEveryAddress implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.host", "0.0.0.0",
                    "importonce.allowed-hosts", "Imports.example, 192.168.7.9,fd00::9");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere.example",
                "elsewhere.example:8080",
                "imports.example.elsewhere.example",
                "elsewhere.imports.example",
                "192.168.7.8",
                "[fd00::8]",
                "0.0.0.0",
                "0.0.0.0:8080",
                "[::]",
                "",
            })
    void a_host_that_nobody_has_listed_is_refused(String host) throws IOException {
        get("Host: " + host).refusal().is("forbidden", FOREIGN_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imports.example",
                "IMPORTS.example:8080",
                "192.168.7.9:80",
                "[fd00::9]:80",
                "localhost:8080",
                "127.0.0.1",
                "[::1]"
            })
    void a_listed_host_and_this_machine_are_let_in(String host) throws IOException {
        assertEquals(200, get("Host: " + host).status());
    }

    @Test
    void a_page_under_a_listed_host_is_let_in_and_any_other_is_not() throws IOException {
        assertEquals(
                200,
                get("Host: imports.example", "Origin: https://imports.example").status());
        get("Host: imports.example", "Origin: https://elsewhere.example")
                .refusal()
                .is("forbidden", "Without sign-in this service does not answer to pages of other sites.");
    }

    @Test
    void a_page_under_a_name_of_its_own_is_not_encouraged_to_ask() throws IOException {
        assertEquals("", allowed("elsewhere.example"));
        assertEquals("http://imports.example", allowed("imports.example"));
    }

    /** The origin that a preflight of a page at that host allows. */
    private static String allowed(String host) throws IOException {
        try (Wire wire = Wire.open()) {
            return wire.head(
                            "OPTIONS /api/migrations HTTP/1.1",
                            "Host: " + host,
                            "Origin: http://" + host,
                            "Access-Control-Request-Method: POST")
                    .answer()
                    .headers()
                    .getOrDefault("Access-Control-Allow-Origin", "");
        }
    }

    private static Wire.Answer get(String... headers) throws IOException {
        return Wire.get("/api/migrations?limit=1", headers);
    }
}
