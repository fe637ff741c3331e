package dev.importonce.traffic;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.platform.TestPostgres;
import dev.importonce.problem.Send;
import dev.importonce.problem.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections on which no request gets whole. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SlowHeadsApiTest.Impatient.class)
class SlowHeadsApiTest {
    private static final byte[] HEAD = Send.utf8("GET /api/sign-in HTTP/1.1\r\nHost: localhost\r\nX-More: ");
    private static final byte[] MORE = {'x'};

    /** A grace that a test can wait out. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.least-rate-grace", "PT1S");
        }
    }

    @Test
    void a_head_that_trickles_is_ended() throws IOException {
        try (Trickle trickle = new Trickle(Wire.open().write(HEAD), wire -> wire.write(MORE))) {
            assertTrue(trickle.wire().isClosedByServer());
        }
    }

    @Test
    void a_second_head_that_trickles_is_ended() throws IOException {
        try (Wire wire = Wire.open()) {
            assertEquals(
                    200,
                    wire.head("GET /api/sign-in HTTP/1.1", "Host: localhost")
                            .answer()
                            .status());
            try (Trickle trickle = new Trickle(wire.write(HEAD), one -> one.write(MORE))) {
                assertTrue(trickle.wire().isClosedByServer());
            }
        }
    }

    @Test
    void empty_lines_in_front_of_a_request_do_not_go_on_for_ever() throws IOException {
        try (Trickle trickle = new Trickle(Wire.open(), wire -> wire.write(Send.utf8("\r\n")))) {
            assertTrue(trickle.wire().isClosedByServer());
        }
    }

    @Test
    void a_body_that_nobody_wants_does_not_go_on_for_ever() throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head("POST /api/elsewhere HTTP/1.1", "Host: localhost", "Content-Length: 1000000");
            assertEquals(404, wire.answer().status());
            try (Trickle trickle = new Trickle(wire, one -> one.write(MORE))) {
                assertTrue(trickle.wire().isClosedByServer());
            }
        }
    }

    @Test
    void a_connection_between_two_requests_may_be_silent() throws IOException {
        try (Wire wire = Wire.open();
                Trickle trickle = new Trickle(Wire.open().write(HEAD), other -> other.write(MORE))) {
            String[] request = {"GET /api/sign-in HTTP/1.1", "Host: localhost"};
            assertEquals(200, wire.head(request).answer().status());
            assertTrue(trickle.wire().isClosedByServer());
            assertEquals(200, wire.head(request).answer().status());
        }
    }

    @Test
    void many_long_heads_that_do_not_end_are_not_all_kept() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) open.add(Wire.open().write(HEAD).write(Send.utf8("x".repeat(17_000))));
            assertEquals(200, given().get("/api/sign-in").statusCode());
            assertTrue(open.get(open.size() - 1).isClosedByServer());
        } finally {
            for (Wire wire : open) wire.close();
        }
    }

    @Test
    void requests_without_end_behind_an_unfinished_answer_are_not_kept() throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head("POST /api/cron/process-imports?budget=PT30S HTTP/1.1", "Host: localhost");
            for (int i = 0; i < 100; i++) wire.head("GET /api/sign-in HTTP/1.1", "Host: localhost");
            assertTrue(wire.isClosedByServer());
        }
    }
}
