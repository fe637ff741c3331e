package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** What one user of a service without workers has it do over HTTP: everything that there is, each in its small form. */
final class Errands {
    /** So many that they are never all in the first partition, in which a search by id would stop. */
    private static final int CHATS = 16;

    private final UUID user;
    private final UUID org;
    private final int rows;
    private final Database database;

    /**
     * Of somebody who is in one organisation.
     *
     * @param user a token's sub
     * @param org its app_metadata.org_id
     * @param rows in each of the larger files, at least 40
     * @param database where a table is made for a declared target
     */
    Errands(UUID user, UUID org, int rows, Database database) {
        this.database = database;
        this.user = user;
        this.org = org;
        this.rows = rows;
    }

    /** All of them. */
    void run() throws IOException {
        imports();
        endings();
        undo();
        declared();
        sources();
        previews();
        chats();
        messages();
        webhooks();
        assertEquals(200, service().get("/api/integrity").statusCode());
    }

    private void imports() throws IOException {
        String first = csv("first", rows);
        JsonPath job = JsonPath.from(post(first, Imports.MAPPING, "contacts.csv", 202));
        post(first, Imports.MAPPING, "contacts.csv", 200);
        keyed("one", first + "x@keyed.example,Ann,Lee\n", 202);
        keyed("one", first + "x@keyed.example,Ann,Lee\n", 200);
        keyed("one", first, 422);
        get("/api/migrations/" + job.getString("jobId"));
        work("imports");
        post(first, Imports.MAPPING, "contacts.csv", 202);
        String rejected = JsonPath.from(post(
                        "email,first,last\nnone,Ann,Lee\nann@rejects.example,Ann,Lee\n", Imports.MAPPING, "r.csv", 202))
                .getString("jobId");
        post(
                csv("fill", 3),
                Imports.MAPPING.replace("{\"target\"", "{\"onExisting\": \"fill\", \"target\""),
                "f.csv",
                202);
        packed();
        work("imports");
        get("/api/migrations/" + rejected + "/rejects");
        get("/api/migrations/" + rejected + "/events");
        JsonPath page = JsonPath.from(get("/api/migrations?limit=2"));
        get("/api/migrations?limit=2&cursor=" + page.getString("nextCursor"));
        get("/api/migrations?status=completed");
        get("/api/migrations?target=contacts&since=2020-01-01T00:00:00Z&before=2999-01-01T00:00:00Z");
        get("/api/contacts?limit=5");
        page = JsonPath.from(get("/api/contacts?limit=2"));
        get("/api/contacts?limit=2&cursor=" + page.getString("nextCursor"));
        get("/api/contacts?email=first1@shard.example");
        get("/api/contacts?search=first1");
        get("/api/contacts?containing=irst1");
        page = JsonPath.from(get("/api/contacts?search=first&limit=2"));
        get("/api/contacts?search=first&limit=2&cursor=" + page.getString("nextCursor"));
    }

    private void endings() {
        String job = JsonPath.from(post(csv("cancelled", 3), Imports.MAPPING, "c.csv", 202))
                .getString("jobId");
        assertEquals(200, caller().post("/api/migrations/" + job + "/cancel").statusCode());
        assertEquals(409, caller().post("/api/migrations/" + job + "/cancel").statusCode());
        assertEquals(202, caller().post("/api/migrations/" + job + "/retry").statusCode());
        assertEquals(200, caller().post("/api/migrations/" + job + "/retry").statusCode());
        work("imports");
    }

    /** Of an import that changes contacts and brings new ones. */
    private void undo() {
        String undoable = Imports.MAPPING.replace("{\"target\"", "{\"undoable\": true, \"target\"");
        String job = JsonPath.from(post(csv("first", rows + 10).replace("Ann", "Bob"), undoable, "u.csv", 202))
                .getString("jobId");
        work("imports");
        assertEquals(202, caller().post("/api/migrations/" + job + "/undo").statusCode());
        assertEquals(409, caller().post("/api/migrations/" + job + "/undo").statusCode());
        work("imports");
        assertEquals(rows + 10, JsonPath.from(get("/api/migrations/" + job)).getInt("undo.undone"));
    }

    /** An import into a declared target, of which the table refuses a row, and its undo; then one of new rows alone. */
    private void declared() {
        database.update("drop table if exists errands");
        database.update(
                "create table errands (org_id uuid, code text, n int check (n < 1000000), unique (org_id, code))"
                        + " partition by hash (org_id)");
        for (int i = 0; i < 4; i++)
            database.update("create table errands_" + i + " partition of errands for values with (modulus 4, remainder "
                    + i + ")");
        assertEquals(
                201,
                service()
                        .contentType("application/json")
                        .body("""
                                {"name": "errands", "table": "public.errands", "owner": {"organisation": "org_id"}, "key": ["code"],
                                 "fields": [{"name": "code", "column": "code", "type": "text"},
                                            {"name": "n", "column": "n", "type": "integer"}]}
                                """)
                        .put("/api/targets/errands")
                        .statusCode());
        StringBuilder file = new StringBuilder("code,n\n");
        for (int i = 0; i < rows; i++)
            file.append("c").append(i).append(',').append(i == 7 ? 1000000 : i).append('\n');
        String mapping =
                "{\"target\": \"errands\", \"undoable\": true, \"fields\": {\"code\": \"code\", \"n\": \"n\"}}";
        String job = JsonPath.from(post(file.toString(), mapping, "d.csv", 202)).getString("jobId");
        work("imports");
        assertEquals(1, JsonPath.from(get("/api/migrations/" + job)).getInt("progress.rejected"));
        get("/api/migrations/" + job + "/rejects");
        assertEquals(202, caller().post("/api/migrations/" + job + "/undo").statusCode());
        work("imports");
        post(file.toString(), mapping.replace("\"undoable\": true, ", ""), "d.csv", 202);
        work("imports");
        assertEquals(204, service().delete("/api/targets/errands").statusCode());
    }

    private void sources() {
        byte[] file = csv("source", 5).getBytes(StandardCharsets.UTF_8);
        for (int status : new int[] {201, 200})
            assertEquals(
                    status,
                    caller().contentType("text/csv")
                            .body(file)
                            .post("/api/sources")
                            .statusCode());
        String source =
                caller().contentType("text/csv").body(file).post("/api/sources").path("sourceId");
        Response job = caller().contentType("application/json")
                .body("{\"sourceId\": \"" + source + "\", \"mapping\": " + Imports.MAPPING + "}")
                .post("/api/migrations/run");
        assertEquals(202, job.statusCode(), job::asString);
        byte[] pieces = csv("tus", 50).getBytes(StandardCharsets.UTF_8);
        String upload = announced(pieces.length);
        for (int from : new int[] {0, 100, 1}) {
            byte[] piece = java.util.Arrays.copyOfRange(pieces, from, from == 0 ? 100 : pieces.length);
            int status = tus().header("Upload-Offset", from)
                    .contentType("application/offset+octet-stream")
                    .body(piece)
                    .patch(upload)
                    .statusCode();
            assertEquals(from == 1 ? 409 : 204, status);
        }
        assertEquals(200, tus().head(upload).statusCode());
        get(upload);
        assertEquals(204, tus().delete(upload).statusCode());
        byte[] unreadable = "email\n".getBytes(StandardCharsets.UTF_8);
        int refused = tus().header("Upload-Offset", 0)
                .contentType("application/offset+octet-stream")
                .body(unreadable)
                .patch(announced(unreadable.length))
                .statusCode();
        assertEquals(422, refused);
        work("imports");
    }

    private String announced(int bytes) {
        return tus().header("Upload-Length", bytes)
                .post("/api/sources/tus")
                .header("Location")
                .replaceFirst(".*/api", "/api");
    }

    private void previews() {
        for (String mapping : List.of(Imports.MAPPING, messageMapping(), chatMapping())) {
            Response preview = multipart(combined("preview"), mapping, "p.csv").post("/api/migrations/preview");
            assertEquals(200, preview.statusCode(), preview::asString);
        }
        assertEquals(
                200,
                caller().multiPart("file", "p.csv", combined("preview").getBytes(StandardCharsets.UTF_8))
                        .post("/api/migrations/preview")
                        .statusCode());
    }

    private void chats() {
        post(combined("chats"), chatMapping(), "chats.csv", 202);
        work("imports");
        String chat = null;
        for (int i = 0; i < CHATS; i++) {
            String body = "{\"participants\": [\"" + user + "\", \"ann" + i + "\"]}";
            for (int status : new int[] {201, 200}) {
                Response made =
                        caller().contentType("application/json").body(body).post("/api/chats/create-or-get");
                assertEquals(status, made.statusCode(), made::asString);
                chat = made.path("chat.id");
            }
            get("/api/chats/" + chat);
        }
        for (int i = 0; i < 3; i++)
            assertEquals(
                    201,
                    caller().contentType("application/json")
                            .body("{\"body\": \"Hello\"}")
                            .post("/api/chats/" + chat + "/messages")
                            .statusCode());
        JsonPath page = JsonPath.from(get("/api/chats/" + chat + "/messages?limit=1"));
        get("/api/chats/" + chat + "/messages?limit=1&cursor=" + page.getString("nextCursor"));
    }

    private void messages() {
        post(combined("queue"), messageMapping(), "messages.csv", 202);
        work("imports");
        for (int i = 0; i < 2; i++) enqueue("email", "busy-once", "500", "400");
        work("send-queue");
        for (String status : List.of("pending", "sent", "failed", "unknown")) get("/api/send-queue?status=" + status);
        get("/api/send-queue?campaignId=c");
        JsonPath page = JsonPath.from(get("/api/send-queue?limit=1"));
        get("/api/send-queue?limit=1&cursor=" + page.getString("nextCursor"));
        enqueue("501");
        work("send-queue");
        List<String> unknown =
                JsonPath.from(get("/api/send-queue?status=unknown")).getList("items.id");
        assertEquals(2, unknown.size());
        for (String outcome : List.of("sent", "resend"))
            assertEquals(
                    200,
                    caller().contentType("application/json")
                            .body("{\"outcome\": \"" + outcome + "\"}")
                            .post("/api/send-queue/" + unknown.get(outcome.equals("sent") ? 0 : 1) + "/resolve")
                            .statusCode());
        get("/api/send-queue/" + unknown.get(0));
    }

    /** Of the ends of all jobs until now, and of the messages whose outcome is unknown. */
    private void webhooks() {
        work("webhooks");
        Response page = service().get("/api/webhooks/deliveries?limit=1");
        assertEquals(200, page.statusCode(), page::asString);
        String next = "/api/webhooks/deliveries?limit=1&cursor=" + page.path("nextCursor");
        assertEquals(200, service().get(next).statusCode());
        for (String state : List.of("pending", "delivered", "failed"))
            assertEquals(
                    200,
                    service()
                            .get("/api/webhooks/deliveries?limit=1&state=" + state)
                            .statusCode());
        String again = "/api/webhooks/deliveries/" + page.path("items[0].id") + "/resend";
        assertEquals(200, service().post(again).statusCode());
        work("webhooks");
    }

    private void enqueue(String... channels) {
        List<Map<String, Object>> items = List.of(channels).stream()
                .map(channel -> Map.<String, Object>of(
                        "campaignId",
                        "c",
                        "prospectId",
                        "p-" + channel,
                        "step",
                        1,
                        "channel",
                        channel,
                        "body",
                        "Hello"))
                .toList();
        Response answer = caller().contentType("application/json")
                .body(Map.of("items", items))
                .post("/api/send-queue");
        assertEquals(200, answer.statusCode(), answer::asString);
    }

    private void work(String queue) {
        Response worked = service().post("/api/cron/process-" + queue);
        assertEquals(200, worked.statusCode(), worked::asString);
        // Messages fail as their channels say.
        if (queue.equals("imports")) assertEquals(0, worked.jsonPath().getInt("failed"), worked::asString);
        assertTrue(worked.jsonPath().getInt("claimed") > 0, worked::asString);
    }

    private void keyed(String key, String file, int status) {
        Response answer = multipart(file, Imports.MAPPING, "k.csv")
                .header("Idempotency-Key", key)
                .post("/api/migrations/run");
        assertEquals(status, answer.statusCode(), answer::asString);
    }

    private void packed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(csv("packed", 5).getBytes(StandardCharsets.UTF_8));
        }
        for (int status : new int[] {202, 200})
            assertEquals(
                    status,
                    caller().multiPart("file", "c.csv.gz", packed.toByteArray())
                            .multiPart("mapping", Imports.MAPPING, "application/json")
                            .post("/api/migrations/run")
                            .statusCode());
    }

    private String post(String file, String mapping, String name, int status) {
        Response answer = multipart(file, mapping, name).post("/api/migrations/run");
        assertEquals(status, answer.statusCode(), answer::asString);
        return answer.asString();
    }

    private RequestSpecification multipart(String file, String mapping, String name) {
        return caller().multiPart("file", name, file.getBytes(StandardCharsets.UTF_8), "text/csv")
                .multiPart("mapping", mapping, "application/json");
    }

    private String get(String path) {
        Response answer = caller().get(path);
        assertEquals(200, answer.statusCode(), answer::asString);
        return answer.asString();
    }

    private RequestSpecification caller() {
        return as(Jwt.of(user).with("app_metadata", Map.of("org_id", org.toString())));
    }

    private RequestSpecification tus() {
        return caller().header("Tus-Resumable", "1.0.0");
    }

    private static RequestSpecification service() {
        return as(Jwt.ofService());
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }

    private static String csv(String name, int rows) {
        StringBuilder csv = new StringBuilder("email,first,last\n");
        for (int i = 0; i < rows; i++) csv.append(name).append(i).append("@shard.example,Ann,Lee\n");
        return csv.toString();
    }

    /** A file for every target; so many chats that they are never all in one partition. */
    private String combined(String name) {
        StringBuilder csv = new StringBuilder("email,first,last,campaign,step,body,me\n");
        for (int i = 0; i < rows; i++)
            csv.append("%s%d@shard.example,Ann,Lee,%s,%d,Hello,%s\n".formatted(name, i, name, i, user));
        return csv.toString();
    }

    private static String messageMapping() {
        return "{\"target\": \"messages\", \"fields\": {\"campaignId\": \"campaign\", \"prospectId\": \"email\", \"step\": \"step\","
                + " \"channel\": \"last\", \"body\": \"body\"}}";
    }

    private static String chatMapping() {
        return "{\"target\": \"chats\", \"fields\": {\"participant1\": \"me\", \"participant2\": \"email\"}}";
    }
}
