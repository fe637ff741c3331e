package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files that come in pieces: the protocol, its races, and a real client. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TusApiTest {
    private static final String UPLOADS = "/api/sources/tus";

    Database database;

    @TestHTTPResource("/")
    URI base;

    @Test
    void what_is_spoken_here_can_be_asked() {
        given().options(UPLOADS)
                .then()
                .statusCode(204)
                .header("Tus-Version", "1.0.0")
                .header("Tus-Extension", "creation,expiration,termination")
                .header("Tus-Max-Size", String.valueOf(1L << 30));
    }

    @Test
    void pieces_become_one_source_wherever_they_are_cut() {
        byte[] file = file("pieces", 3_000);
        String upload = announced(file.length, "filename " + base64("Ä\"b.csv"));
        for (int offset = 0; offset < file.length; ) {
            int end = Math.min(file.length, offset + 7_001);
            Response answer = send(upload, offset, Arrays.copyOfRange(file, offset, end));
            assertEquals(204, answer.statusCode(), answer::asString);
            assertEquals(String.valueOf(end), answer.header("Upload-Offset"));
            assertEquals("1.0.0", answer.header("Tus-Resumable"));
            assertNotNull(answer.header("Upload-Expires"));
            offset = end;
        }

        JsonPath source = given().get(upload).then().statusCode(200).extract().jsonPath();
        assertEquals("Ä\"b.csv", source.getString("fileName"));
        assertEquals(file.length, source.getInt("bytes"));
        Response again =
                given().contentType("application/octet-stream").body(file).post("/api/sources");
        assertEquals(200, again.statusCode());
        assertEquals(again.path("sourceId"), source.getString("sourceId"));
        assertEquals(again.path("sha256"), source.getString("sha256"));
        assertEquals(0, pieces(upload), "the source has the bytes");
    }

    @Test
    void head_tells_where_to_go_on() {
        byte[] file = file("head", 100);
        String upload = announced(file.length, "filename eA==,filetype dGV4dC9jc3Y=");
        send(upload, 0, Arrays.copyOf(file, 1_000));

        Response head = tus().head(upload);

        assertEquals(200, head.statusCode());
        assertEquals("1000", head.header("Upload-Offset"));
        assertEquals(String.valueOf(file.length), head.header("Upload-Length"));
        assertEquals("filename eA==,filetype dGV4dC9jc3Y=", head.header("Upload-Metadata"));
        assertEquals("no-store", head.header("Cache-Control"));
        Refusal.of(given().get(upload))
                .is("conflict", "1000 of " + file.length + " bytes are here. Send the others first.");
    }

    @Test
    void bytes_of_another_offset_are_refused_and_change_nothing() {
        byte[] file = file("offset", 100);
        String upload = announced(file.length, null);
        send(upload, 0, Arrays.copyOf(file, 1_000));

        for (long offset : new long[] {0, 999, 1_001})
            Refusal.of(send(upload, offset, new byte[10]))
                    .is("conflict", "The next byte is that at 1000. Ask with HEAD, go on from there.");
        Refusal.of(send(upload, 1_000, new byte[file.length])).isProblem();

        assertEquals("1000", tus().head(upload).header("Upload-Offset"));
    }

    @Test
    void of_many_that_send_the_same_bytes_at_once_one_is_taken() throws Exception {
        byte[] file = file("race", 40_000);
        String upload = announced(file.length, null);
        int callers = 8;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            for (int offset = 0; offset < file.length; ) {
                int from = offset;
                byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + 400_000));
                Callable<Integer> call = () -> {
                    start.await();
                    return send(upload, from, piece).statusCode();
                };
                List<Future<Integer>> answers = pool.invokeAll(java.util.Collections.nCopies(callers, call));
                int taken = 0;
                for (Future<Integer> answer : answers) {
                    assertTrue(List.of(204, 409).contains(answer.get()), "" + answer.get());
                    if (answer.get() == 204) taken++;
                }
                assertEquals(1, taken);
                offset += piece.length;
            }
        } finally {
            pool.shutdown();
        }
        Response same =
                given().contentType("application/octet-stream").body(file).post("/api/sources");
        assertEquals(200, same.statusCode(), "the pieces are the file");
    }

    @Test
    void an_upload_of_a_dead_service_becomes_a_source_on_request() throws Exception {
        byte[] file = file("died", 500);
        String upload = announced(file.length, null);
        send(upload, 0, Arrays.copyOf(file, file.length - 1));
        // What the last piece leaves behind when everything ends right after its commit.
        UUID id = UUID.fromString(upload.replaceFirst(".*/", ""));
        database.update("""
                insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, packed, payload)
                select id, user_id, pieces, received_bytes, 1, received_bytes, 0, 0, false, ? from uploads where id = ?
                """, Arrays.copyOfRange(file, file.length - 1, file.length), id);
        database.update("update uploads set received_bytes = announced_bytes, pieces = pieces + 1 where id = ?", id);

        int callers = 4;
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            Callable<String> call = () -> {
                start.await();
                return given().get(upload).then().statusCode(200).extract().path("sourceId");
            };
            String expected = null;
            for (Future<String> answer : pool.invokeAll(java.util.Collections.nCopies(callers, call))) {
                if (expected == null) expected = answer.get();
                assertEquals(expected, answer.get());
            }
        } finally {
            pool.shutdown();
        }
        assertEquals(1, database.count("select count(*) from sources where byte_count = ?", (long) file.length));
    }

    /** As who seals finds it when somebody else has just sealed or removed it. */
    @Test
    void pieces_that_are_gone_never_make_a_shorter_file() {
        byte[] file = file("gone", 700);
        String upload = announced(file.length, null);
        send(upload, 0, Arrays.copyOf(file, file.length - 30));
        database.update(
                "update uploads set received_bytes = announced_bytes where id = ?::uuid",
                upload.replaceFirst(".*/", ""));

        assertEquals(404, given().get(upload).statusCode());

        assertEquals(0, database.count("select count(*) from sources where byte_count = ?", file.length - 30L));
    }

    @Test
    void an_unreadable_file_is_refused_with_its_last_piece_and_later() {
        byte[] header = "email,first\n".getBytes(StandardCharsets.UTF_8);
        String upload = announced(header.length, null);

        Refusal last = Refusal.of(send(upload, 0, header)).isProblem();

        assertEquals(422, last.status());
        assertEquals(last.body(), Refusal.of(given().get(upload)).body());
    }

    @NotOnCitus("a trigger stands for an attack")
    @Test
    void what_was_refused_is_neither_read_nor_stored_again() throws IOException {
        byte[] file = damaged(4 << 20);
        String upload = announced(file.length, null);
        Refusal last = Refusal.of(send(upload, 0, file)).isProblem();
        assertEquals(422, last.status());
        assertEquals(0, pieces(upload), "there is nothing left to read");

        database.update("create or replace function refuse_blocks() returns trigger language plpgsql as"
                + " $$ begin raise 'a block is stored'; end $$");
        database.update("create trigger refuse_blocks before insert on source_blocks execute function refuse_blocks()");
        try {
            for (int i = 0; i < 3; i++)
                assertEquals(last.body(), Refusal.of(given().get(upload)).body());
            assertEquals(
                    last.body(),
                    Refusal.of(send(upload, file.length, new byte[0])).body());
            assertEquals(String.valueOf(file.length), tus().head(upload).header("Upload-Offset"));
        } finally {
            database.update("drop trigger refuse_blocks on source_blocks");
        }
    }

    /** More than is held in memory, in gzip with a last byte that is wrong. */
    private static byte[] damaged(int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Imports.csv(""));
            gzip.write(Base64.getMimeEncoder().encode(noise));
        }
        byte[] file = packed.toByteArray();
        file[file.length - 5] ^= 1;
        return file;
    }

    @Test
    void a_removed_upload_is_gone_with_its_bytes() {
        String upload = announced(100, null);
        send(upload, 0, new byte[50]);

        tus().delete(upload).then().statusCode(204).header("Tus-Resumable", "1.0.0");

        assertEquals(404, tus().head(upload).statusCode());
        assertEquals(404, tus().delete(upload).statusCode());
        assertEquals(404, send(upload, 50, new byte[50]).statusCode());
        assertEquals(0, pieces(upload));
    }

    @Test
    void an_upload_that_has_not_grown_for_a_day_has_expired() {
        String upload = announced(100, null);
        database.update(
                "update uploads set touched_at = now() - interval '25 hours' where id = ?::uuid",
                upload.replaceFirst(".*/", ""));

        assertEquals(404, tus().head(upload).statusCode());
        assertEquals(404, send(upload, 0, new byte[100]).statusCode());
    }

    @Test
    void clients_without_patch_say_what_they_mean() {
        byte[] file = file("override", 20);
        String upload = announced(file.length, null);

        tus().header("X-HTTP-Method-Override", "PATCH")
                .header("Upload-Offset", 0)
                .header("Content-Type", "application/offset+octet-stream")
                .body(file)
                .post(upload)
                .then()
                .statusCode(204);
    }

    @Test
    void what_is_not_tus_is_refused() {
        Response old = given().header("Tus-Resumable", "0.2.2")
                .header("Upload-Length", 1)
                .post(UPLOADS);
        Refusal.of(old).is("tus-version", "Send Tus-Resumable: 1.0.0, the version spoken here.");
        assertEquals("1.0.0", old.header("Tus-Version"));
        Refusal.of(tus().post(UPLOADS)).is("malformed-request", "Upload-Length must be there, and a number of bytes.");
        Refusal.of(tus().header("Upload-Length", 0).post(UPLOADS))
                .is("empty-file", "The file has no bytes. Choose another file.");
        assertEquals(
                413,
                Refusal.of(tus().header("Upload-Length", (1L << 30) + 1).post(UPLOADS))
                        .isProblem()
                        .status());
        String upload = announced(10, null);
        assertEquals(
                415,
                Refusal.of(tus().header("Upload-Offset", 0)
                                .contentType("text/csv")
                                .body("x")
                                .patch(upload))
                        .isProblem()
                        .status());
        assertEquals(
                404, Refusal.of(tus().get(UPLOADS + "/nothing")).isProblem().status());
    }

    @Test
    void the_real_tus_js_client_goes_on_where_it_was() throws Exception {
        Path folder = Node.folder();
        byte[] file = file("client", 60_000);
        Path path = Files.write(folder.resolve("client.csv"), file);
        String address = base.toString().replaceAll("/$", "");

        Node.Ended whole = Node.passes("node", "tus.mjs", address, path.toString(), "0");
        byte[] other = file("other", 60_000);
        Files.write(path, other);
        Node.Ended resumed = Node.passes("node", "tus.mjs", address, path.toString(), "500000");

        JsonNode first = new ObjectMapper().readTree(whole.output());
        JsonNode second = new ObjectMapper().readTree(resumed.output());
        assertEquals(0, first.path("firstOffset").asInt());
        assertTrue(second.path("firstOffset").asInt() >= 500_000, resumed.output());
        for (JsonNode ended : List.of(first, second)) {
            JsonPath source = given().get(URI.create(ended.path("url").asText()).getPath())
                    .jsonPath();
            assertEquals(source.getString("sourceId"), ended.path("sourceId").asText());
            assertEquals("Köln grün.csv", source.getString("fileName"));
        }
        assertEquals(
                second.path("sourceId").asText(),
                given().contentType("application/octet-stream")
                        .body(other)
                        .post("/api/sources")
                        .path("sourceId"));
    }

    private static byte[] file(String name, int rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) text.append(name).append(i).append("@tus.example,Ann,Lee\n");
        return Imports.csv(text.toString());
    }

    private static RequestSpecification tus() {
        return given().header("Tus-Resumable", "1.0.0");
    }

    private static String announced(long bytes, String metadata) {
        RequestSpecification request = tus().header("Upload-Length", bytes);
        if (metadata != null) request.header("Upload-Metadata", metadata);
        Response created = request.post(UPLOADS);
        assertEquals(201, created.statusCode(), created::asString);
        return URI.create(created.header("Location")).getPath();
    }

    private static Response send(String upload, long offset, byte[] bytes) {
        return tus().header("Upload-Offset", offset)
                .header("Content-Type", "application/offset+octet-stream")
                .body(bytes)
                .patch(upload);
    }

    private long pieces(String upload) {
        return database.count(
                "select count(*) from source_blocks where upload_id = ?::uuid", upload.replaceFirst(".*/", ""));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
