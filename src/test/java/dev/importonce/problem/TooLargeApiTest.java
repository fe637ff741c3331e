package dev.importonce.problem;

import static dev.importonce.fixture.Send.RUN;
import static dev.importonce.fixture.Send.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Send.Part;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over the limit, which is five million bytes here. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TooLargeApiTest.SmallLimits.class)
class TooLargeApiTest extends RefusedRequests {
    private static final int LIMIT = 5_000_000;
    private static final String ROW = "ann@example.com,Ann,Lee\n";
    private static final byte[] TOO_LARGE = Imports.csv(ROW.repeat(LIMIT / ROW.length() + 1));
    private static final String DETAIL =
            "The file is larger than 5000000 bytes. Split it, or raise IMPORTONCE_MAX_FILE_BYTES.";
    private static final String RUN_CSV = Send.runWith(Imports.MAPPING);
    private static final String[] CHUNKED = {"Host: localhost", "Content-Type: text/csv", "Transfer-Encoding: chunked"};

    /** Limits that a test can reach. */
    public static class SmallLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.max-file-bytes", String.valueOf(LIMIT));
        }
    }

    @Test
    void a_file_over_the_limit_is_refused_in_every_form() {
        Refusal.of(Send.post(RUN_CSV, "text/csv", TOO_LARGE)).is("too-large", DETAIL);
        Refusal.of(Send.post("/functions/v1/migrations-run" + RUN_CSV.substring(RUN.length()), "text/csv", TOO_LARGE))
                .is("too-large", DETAIL);
        Refusal.of(Send.post("/api/sources", "text/csv", TOO_LARGE)).is("too-large", DETAIL);
        Refusal.of(Send.parts(Part.mapping(), Part.file(TOO_LARGE))).is("too-large", DETAIL);
        Refusal.of(Send.parts(Part.file(TOO_LARGE), Part.mapping())).is("too-large", DETAIL);
    }

    @Test
    void a_file_over_the_limit_without_a_length_is_refused() {
        for (String target : new String[] {RUN_CSV, "/api/sources"})
            Refusal.of(Send.send(Send.request(target)
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE)))))
                    .is("too-large", DETAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/migrations/run?mapping=%7B%7D", "/api/sources"})
    void a_length_over_the_limit_is_refused_before_any_of_the_body(String target) throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head(
                    "POST " + target + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: text/csv",
                    "Content-Length: 5000001");
            assertRefusedAndClosed(wire);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/migrations/run?mapping=", "/api/sources"})
    void a_body_without_a_length_is_refused_at_the_limit(String target) throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head(
                            "POST " + (target.endsWith("=") ? RUN_CSV : target) + " HTTP/1.1",
                            CHUNKED[0],
                            CHUNKED[1],
                            CHUNKED[2])
                    .chunk(TOO_LARGE);
            assertRefusedAndClosed(wire);
        }
    }

    @Test
    void a_part_without_a_length_is_refused_at_the_limit() throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head(
                            "POST " + RUN + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=b",
                            "Transfer-Encoding: chunked")
                    .chunk(utf8("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"))
                    .chunk(TOO_LARGE);
            assertRefusedAndClosed(wire);
        }
    }

    private static void assertRefusedAndClosed(Wire wire) throws IOException {
        Wire.Answer answer = wire.answer();
        answer.refusal().is("too-large", DETAIL);
        assertEquals("close", answer.headers().get("Connection"));
        assertTrue(wire.isClosedByServer());
    }
}
