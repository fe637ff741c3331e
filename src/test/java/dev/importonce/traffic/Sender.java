package dev.importonce.traffic;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Wire;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Someone who sends bodies, and does not finish them. */
record Sender(UUID user) {
    /** More than is collected before a thread is taken. */
    static final int LARGE = 1_000_000;

    private static final String CSV = "Content-Type: text/csv";
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b";
    private static final String JSON = "Content-Type: application/json";

    Sender() {
        this(UUID.randomUUID());
    }

    /** Every way in that reads a body. */
    static List<WayIn> everyWay() {
        return List.of(
                new WayIn("POST " + Send.runWith(Imports.MAPPING), CSV),
                new WayIn("POST /api/migrations/run", MULTIPART),
                new WayIn("POST /functions/v1/migrations-run", MULTIPART),
                new WayIn("POST /api/migrations/preview", CSV),
                new WayIn("POST /api/migrations/preview", MULTIPART),
                new WayIn("POST /api/sources", CSV),
                new WayIn(
                        "PATCH tus",
                        "Content-Type: application/offset+octet-stream",
                        "Tus-Resumable: 1.0.0",
                        "Upload-Offset: 0"),
                new WayIn(
                        "POST tus",
                        "Content-Type: application/offset+octet-stream",
                        "Tus-Resumable: 1.0.0",
                        "Upload-Offset: 0",
                        "X-HTTP-Method-Override: PATCH"),
                new WayIn("POST /api/migrations/run", JSON),
                new WayIn("POST /api/migrations/preview", JSON),
                new WayIn("POST /api/chats/create-or-get", JSON),
                new WayIn("POST /api/chats/" + UUID.randomUUID() + "/messages", JSON),
                new WayIn("POST /api/send-queue", JSON));
    }

    /** One for files and one for JSON: enough to ask for what happens before any endpoint is reached. */
    static List<WayIn> twoWays() {
        return List.of(new WayIn("POST /api/sources", CSV), new WayIn("POST /api/chats/create-or-get", JSON));
    }

    /** Begins a body of so many bytes, and sends some of them. */
    Wire begin(WayIn way, int bytes) throws IOException {
        return Wire.open().head(lines(way, "Content-Length: " + bytes)).write(way.begins());
    }

    /** The same without saying how many there will be. */
    Wire beginChunked(WayIn way) throws IOException {
        return Wire.open().head(lines(way, "Transfer-Encoding: chunked")).chunk(way.begins());
    }

    /** A request of this user's. */
    RequestSpecification call() {
        return anybody().header("Authorization", authorization());
    }

    /** A request of who has not signed in; fails when it is not answered soon. */
    static RequestSpecification anybody() {
        return given().config(RestAssured.config()
                .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 10_000)));
    }

    /** A whole import, which has to get through. */
    void imports() {
        Response run = call().multiPart("file", "c.csv", file(1))
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run");
        assertEquals(202, run.statusCode(), run::asString);
    }

    /** A whole upload of more than is collected, whatever becomes of it. */
    Response uploads() {
        return call().contentType("text/csv").body(file(2_000)).post("/api/sources");
    }

    /** A file that nobody has sent before. */
    static byte[] file(int rows) {
        String row = UUID.randomUUID() + "@example.com,Ann,Lee\n";
        return Imports.csv(row.repeat(rows).split("\n"));
    }

    private String[] lines(WayIn way, String length) {
        String target = way.target().endsWith(" tus") ? way.target().replace("tus", announced()) : way.target();
        return Stream.concat(
                        Stream.of(target + " HTTP/1.1", "Host: localhost", "Authorization: " + authorization(), length),
                        way.headers().stream())
                .toArray(String[]::new);
    }

    private String announced() {
        return call().header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", LARGE)
                .post("/api/sources/tus")
                .header("Location");
    }

    private String authorization() {
        return "Bearer " + Jwt.of(user).sign();
    }

    /** Method, address and headers of a request with a body. */
    record WayIn(String target, List<String> headers) {
        WayIn(String target, String... headers) {
            this(target, Arrays.asList(headers));
        }

        /** The first bytes of a body that may come here: the endpoint goes on to wait for the next ones. */
        byte[] begins() {
            String type = headers.get(0);
            String text = type.equals(MULTIPART)
                    ? "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nemail\nann@"
                    : type.equals(JSON) ? "{\"" : "email\nann@";
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return target.replaceFirst("\\?.*", "") + " " + headers.get(0);
        }
    }
}
