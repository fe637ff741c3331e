package dev.importonce.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The integrity report is about everybody's data, so users do not see it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class IntegrityAccessApiTest {
    @Test
    void without_a_token_it_is_401() {
        given().get("/api/integrity").then().statusCode(401);
    }

    @Test
    void a_user_is_refused_even_one_with_the_id_of_the_local_user() {
        for (UUID user : new UUID[] {UUID.randomUUID(), Caller.LOCAL_USER})
            Refusal.of(read(Jwt.of(user))).is("forbidden", "Only a service_role token may do that.");
    }

    @Test
    void the_service_role_reads_it() {
        read(Jwt.ofService())
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("checks.name", hasItem("unique-indexes-valid"));
    }

    private static Response read(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign()).get("/api/integrity");
    }
}
