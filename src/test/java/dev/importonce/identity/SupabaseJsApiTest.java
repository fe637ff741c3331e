package dev.importonce.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The real supabase-js, and what is given to people to copy, against the running service. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class SupabaseJsApiTest {
    private static final long CHECKS = 10;

    @Test
    void supabase_js_and_the_typed_client_work_as_the_guide_says() {
        Path folder = Node.folder();
        Node.button();
        Node.passes(
                "node",
                "node_modules/typescript/bin/tsc",
                "--project",
                Path.of("supabase-compat/client").toAbsolutePath().toString(),
                "--outDir",
                folder.resolve("out").toString(),
                "--typeRoots",
                folder.resolve("node_modules/@types").toString());

        UUID user = UUID.randomUUID();
        Node.Ended run = Node.passes(
                Map.of(
                        "BASE", "http://127.0.0.1:" + RestAssured.port,
                        "TOKEN", Jwt.of(user).sign(),
                        "EXPIRED", Jwt.of(user).expiring(-60).sign()),
                "node",
                "supabase.mjs");
        assertEquals(
                CHECKS,
                run.output().lines().filter(line -> line.startsWith("ok ")).count(),
                run::output);
    }
}
