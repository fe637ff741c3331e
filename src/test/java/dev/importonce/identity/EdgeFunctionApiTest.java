package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.DenoFunction;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The Edge Function that is given to people to deploy, on Deno, between the real supabase-js and the running service. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class EdgeFunctionApiTest {
    private static final long CHECKS = 7;

    @Test
    void what_supabase_js_sends_to_the_function_the_service_answers() {
        Node.folder();
        String service = "http://127.0.0.1:" + RestAssured.port;
        try (DenoFunction function = DenoFunction.inFrontOf(service)) {
            Node.Ended run = Node.passes(
                    Map.of(
                            "BASE", function.base(),
                            "SERVICE", service,
                            "TOKEN", Jwt.of(UUID.randomUUID()).sign()),
                    "node",
                    "edge.mjs");
            assertEquals(
                    CHECKS,
                    run.output().lines().filter(line -> line.startsWith("ok ")).count(),
                    run::output);
        }
    }
}
