package dev.importonce.problem;

import static dev.importonce.fixture.Send.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Stored;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are answered before their body was read, and bodies that never end. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UnreadBodyApiTest {
    private static final byte[] LARGE_FILE = Imports.csv("ann@example.com,Ann,Lee\n".repeat(400_000));
    private static final String HOST = "Host: localhost";
    private static final String CSV = "Content-Type: text/csv";
    private static final String LENGTH = "Content-Length: " + LARGE_FILE.length;
    private static final String RUN_CSV = "POST " + Send.runWith(Imports.MAPPING) + " HTTP/1.1";
    /** UTF-8, and a byte that is none. */
    private static final byte[] NOT_UTF8 = {'Z', 'o', (byte) 0xC3, (byte) 0xAB, ',', (byte) 0xFF};

    Database database;

    /** Each with a body of {@link #LARGE_FILE}'s length, and the type of its problem. */
    static List<List<String>> refusedEarly() {
        return List.of(
                List.of("unsupported-media-type", RUN_CSV, HOST, "Content-Type: image/png", LENGTH),
                List.of("unsupported-media-type", RUN_CSV, HOST, "Content-Type: text", LENGTH),
                List.of("malformed-request", "POST " + Send.RUN + " HTTP/1.1", HOST, CSV, LENGTH),
                List.of("malformed-request", RUN_CSV, HOST, CSV, LENGTH, "Idempotency-Key: a b"),
                List.of("forbidden", RUN_CSV, HOST, CSV, LENGTH, "Origin: https://elsewhere.example"),
                List.of("forbidden", RUN_CSV, "Host: elsewhere.example", CSV, LENGTH),
                List.of("not-found", "POST /api/elsewhere HTTP/1.1", HOST, CSV, LENGTH),
                List.of("method-not-allowed", "PUT " + Send.RUN + " HTTP/1.1", HOST, CSV, LENGTH));
    }

    @ParameterizedTest
    @MethodSource("refusedEarly")
    void the_answer_comes_before_the_body_and_keeps_the_connection(List<String> request) throws IOException {
        try (Wire wire = Wire.open()) {
            wire.head(request.subList(1, request.size()).toArray(String[]::new));
            int half = LARGE_FILE.length / 2;
            wire.write(Arrays.copyOf(LARGE_FILE, half));

            Refusal refusal = wire.answer().refusal().isProblem();
            assertTrue(refusal.body().contains(":" + request.get(0) + "\""), refusal::body);

            wire.write(Arrays.copyOfRange(LARGE_FILE, half, LARGE_FILE.length));
            assertUsable(wire);
        }
    }

    @Test
    void a_file_refused_in_its_middle_keeps_the_connection_usable() throws IOException {
        byte[] file = LARGE_FILE.clone();
        int bad = file.length - 1_000_000;
        // A letter of UTF-8 in the first row, so that nothing else is guessed.
        file[58] = (byte) 0xC3;
        file[59] = (byte) 0xAB;
        file[bad] = (byte) 0xFF;
        try (Wire wire = Wire.open()) {
            wire.head(RUN_CSV, HOST, CSV, LENGTH).write(file);
            wire.answer().refusal().is("unreadable-file", notUtf8(bad));
            assertUsable(wire);
        }
    }

    @Test
    void a_file_unlike_its_mapping_is_refused_while_it_arrives() throws IOException {
        try (Wire wire = Wire.open()) {
            multipart(wire)
                    .chunk(utf8("--b\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n" + Imports.MAPPING
                            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"))
                    .chunk(NOT_UTF8)
                    .chunk(LARGE_FILE);
            wire.answer().refusal().is("unreadable-file", notUtf8(NOT_UTF8.length - 1));
        }
    }

    @Test
    void a_mapping_without_end_is_refused_before_it_ends() throws IOException {
        try (Wire wire = Wire.open()) {
            multipart(wire)
                    .chunk(utf8(
                            "--b\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n" + " ".repeat(70_000)));
            wire.answer().refusal().is("too-large", "The mapping is larger than 65536 bytes. Map fewer columns.");
        }
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on_or_not_to() throws IOException {
        byte[] file = Imports.csv("asks-first@example.com,Ann,Lee");
        try (Wire wire = Wire.open()) {
            wire.head(RUN_CSV, HOST, CSV, "Content-Length: " + file.length, "Expect: 100-continue");
            assertEquals(100, wire.answer().status());
            Wire.Answer answer = wire.write(file).answer();
            assertEquals(202, answer.status(), answer::body);
            Imports.ended(JsonPath.from(answer.body()).getString("jobId"));
        }
        try (Wire wire = Wire.open()) {
            wire.head(RUN_CSV, HOST, "Content-Type: image/png", LENGTH, "Expect: 100-continue");
            assertEquals(415, wire.answer().status());
        }
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing_behind() throws IOException {
        for (String line : List.of(RUN_CSV, "POST /api/sources HTTP/1.1")) {
            Stored before = Stored.in(database);
            try (Wire wire = Wire.open()) {
                wire.head(line, HOST, CSV, "Content-Length: " + LARGE_FILE.length * 2L)
                        .write(LARGE_FILE);
                Await.until(() -> !before.equals(Stored.in(database)));
            }
            Await.until(() -> before.equals(Stored.in(database)));
        }
    }

    @Test
    void a_multipart_upload_that_breaks_off_leaves_nothing_behind() throws IOException {
        Stored before = Stored.in(database);
        try (Wire wire = Wire.open()) {
            multipart(wire)
                    .chunk(utf8("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"))
                    .chunk(LARGE_FILE);
            Await.until(() -> !before.equals(Stored.in(database)));
        }
        Await.until(() -> before.equals(Stored.in(database)));
    }

    /** The head of a request whose parts begin with {@code --b}. */
    private static Wire multipart(Wire wire) throws IOException {
        return wire.head(
                "POST " + Send.RUN + " HTTP/1.1",
                HOST,
                "Content-Type: multipart/form-data; boundary=b",
                "Transfer-Encoding: chunked");
    }

    private static void assertUsable(Wire wire) throws IOException {
        Wire.Answer next =
                wire.head("GET /api/migrations?limit=1 HTTP/1.1", HOST).answer();
        assertEquals(200, next.status(), next::body);
        assertTrue(next.body().contains("\"items\""), next::body);
    }

    private static String notUtf8(int offset) {
        return "The byte at offset " + offset
                + " is not UTF-8 text. Name the file's encoding in format.encoding of the mapping, or save the file as \"CSV UTF-8\".";
    }
}
