package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.identity.Jwt;
import dev.importonce.identity.WithTokens;
import dev.importonce.job.Imports;
import dev.importonce.send.ProviderStub;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the service sends on behalf of one user, organisation or chat goes to one shard, but for what is named here. */
@QuarkusTest
@TestProfile(ShardKeyTest.ByTheTest.class)
class ShardKeyTest {
    /** Nothing works by itself: the test calls the cron endpoints. */
    public static class ByTheTest extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.workers", "0");
            return settings;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SentStatements.class), new TestResourceEntry(ProviderStub.class));
        }

        /** Among them is another database. */
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** Of each statement that may go to several shards: how to tell it, and why it may. */
    private static final Map<String, String> SCATTERED = Map.ofEntries(
            Map.entry("with due as materialized ( select job_id", "claim, and rescue: whoever's chunk is due first"),
            Map.entry("with due as materialized ( select ctid as place, id, org_id", "claim, and rescue: of messages"),
            Map.entry("select count(*) as due from", "how much is due, of everybody: the cron endpoint's answer"),
            Map.entry(
                    "insert into migration_jobs as j",
                    "a new job's turn, behind all of its organisation's, whose jobs are in the shards of its users"),
            Map.entry("update migration_jobs j set undo_requested_at", "the same turn, of an undo"),
            Map.entry(
                    "select s.id, array(select p",
                    "a chat by its id: chats are by their key (whole on every node of Citus)"),
            Map.entry("select m.id, k.id as chat_id", "a chat by its id, for its messages: those are in one shard"),
            Map.entry("with chat as ( select coalesce(merged_into, id)", "a chat by its id, for a message into it"),
            Map.entry(
                    "with share as ( delete from chat_staging", "an import of chats: each by its key, which are many"),
            Map.entry("with blocks as materialized ( select row_no, participants_key", "the same, previewed"),
            Map.entry("select distinct job_id, user_id from", "sweep: what jobs that have ended left in staging"),
            Map.entry("update uploads set touched_at = 'infinity'", "sweep: uploads that became sources"),
            Map.entry("select u.id, u.user_id from uploads u", "sweep: uploads that nobody goes on with"),
            Map.entry("select s.id, s.user_id from sources s", "sweep: sources that nobody has used for 30 days"),
            Map.entry("delete from idempotency_keys where", "sweep: keys that are older than 30 days"),
            Map.entry("select id, user_id, target from ( select", "sweep: undo ends"),
            Map.entry("select coalesce(sum(n - 1), 0)::bigint as count", "integrity: duplicates, of everybody"),
            Map.entry("with bare as", "integrity: duplicate chats"),
            Map.entry("select count(*) as count", "integrity: what is stuck, of everybody"),
            Map.entry("with chunks as ( select j.id", "integrity: every job's counters"));

    /** The same of statements that did not run here, by their plans, in which what goes by values that rows have is not told. */
    private static final Map<String, String> PLANNED_SCATTERED = Map.of(
            "with rate as", "claim of messages within a rate: whoever's is due first",
            "with claimed as materialized", "a lease of many messages is extended, each by its organisation");

    private static final Pattern STRING = Pattern.compile("\"([^\"\\n]*)\"");

    SentStatements sent;

    private UUID user;
    private UUID org;

    @Test
    void every_statement_of_a_user_an_organisation_or_a_chat_goes_to_its_shard() throws IOException {
        user = sent.inLastPartition();
        org = sent.inLastPartition();
        sent.reset();

        imports();
        endings();
        undo();
        sources();
        previews();
        chats();
        messages();
        service().get("/api/integrity");

        Map<Long, String> named = sent.named(sent.cuts().keySet());
        Set<Long> judged = new TreeSet<>();
        Set<String> executed = new TreeSet<>();
        Map<String, Set<String>> scattered = new TreeMap<>();
        for (SentStatements.Execution execution : sent.executions()) {
            judged.add(execution.id());
            executed.add(flat(execution.text()));
            if (!execution.scattered().isEmpty()) scattered.put(flat(execution.text()), execution.scattered());
        }
        named.keySet().removeAll(judged);
        assertEquals(Map.of(), named, "sent, but no plan of it was seen");
        assertTrue(judged.size() > 80, "few statements were seen: " + judged.size());

        Set<String> unused = new TreeSet<>(SCATTERED.keySet());
        scattered.keySet().removeIf(text -> SCATTERED.keySet().stream()
                .filter(text::startsWith)
                .peek(unused::remove)
                .findFirst()
                .isPresent());
        assertEquals(Map.of(), scattered, "these went through several partitions of these tables");
        assertEquals(Set.of(), unused, "named for nothing");

        Set<String> others = statements(sent.cuts().keySet());
        assertTrue(others.removeAll(executed) && others.size() < 30, "the statements were not found: " + others);
        Set<String> left = new TreeSet<>();
        for (String statement : others) if (!sent.planned(statement, user).isEmpty()) left.add(statement);
        left.removeIf(text -> PLANNED_SCATTERED.keySet().stream().anyMatch(text::startsWith));
        assertEquals(Set.of(), left, "these did not run here, and are planned for several partitions");
    }

    @Test
    void what_is_cut_here_is_what_would_be_distributed() throws IOException {
        String script = Files.readString(Path.of("deploy/citus/distribute.sql"));
        Map<String, String> distributed = new TreeMap<>();
        Matcher call =
                Pattern.compile("create_distributed_table\\('(\\w+)', '(\\w+)'").matcher(script);
        while (call.find()) distributed.put(call.group(1), call.group(2));
        assertTrue(script.contains("create_reference_table('chats')"));
        distributed.put("chats", "participants_key");

        assertEquals(sent.cuts(), distributed);
        assertEquals(Set.of("dedupe_log", "flyway_schema_history"), sent.whole());
    }

    /**
     * The service's statements about any of these tables as they are in its sources: not COPY, which has no plan, and not those
     * of the checks and the clean-ups, which look at everything.
     */
    private static Set<String> statements(Set<String> tables) throws IOException {
        Pattern about =
                Pattern.compile("(?is)^\\s*(?:select|insert|update|delete|with)\\b.*\\b(?:from|join|into|update)\\s+(?:"
                        + String.join("|", tables) + ")\\b.*");
        Set<String> statements = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(
                            path -> !path.toString()
                                    .matches(
                                            ".*(/integrity/|Duplicate(?:Jobs|Contacts|Chats)|ContactKeys|AddressCheck|ChatRepair|RepairStep).*"))
                    .toList())
                for (String text : texts(Files.readString(file)))
                    if (about.matcher(text).matches()) statements.add(flat(text));
        }
        return statements;
    }

    /** Text blocks and strings. */
    private static List<String> texts(String source) {
        List<String> texts = new ArrayList<>();
        String[] parts = source.split("\"\"\"");
        for (int i = 0; i < parts.length; i++)
            if (i % 2 == 1) texts.add(parts[i]);
            else STRING.matcher(parts[i]).results().forEach(string -> texts.add(string.group(1)));
        return texts;
    }

    private void imports() throws IOException {
        String first = csv("first", 40);
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
        get("/api/contacts?limit=5");
        page = JsonPath.from(get("/api/contacts?limit=2"));
        get("/api/contacts?limit=2&cursor=" + page.getString("nextCursor"));
        get("/api/contacts?email=first1@shard.example");
        get("/api/contacts?search=first1");
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

    private void undo() {
        String undoable = Imports.MAPPING.replace("{\"target\"", "{\"undoable\": true, \"target\"");
        String job = JsonPath.from(post(csv("first", 50).replace("Ann", "Bob"), undoable, "u.csv", 202))
                .getString("jobId");
        work("imports");
        assertEquals(202, caller().post("/api/migrations/" + job + "/undo").statusCode());
        assertEquals(409, caller().post("/api/migrations/" + job + "/undo").statusCode());
        work("imports");
        assertEquals(50, JsonPath.from(get("/api/migrations/" + job)).getInt("undo.undone"));
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
        String upload = tus().header("Upload-Length", pieces.length)
                .post("/api/sources/tus")
                .header("Location")
                .replaceFirst(".*/api", "/api");
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
        work("imports");
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
        String body = "{\"participants\": [\"" + user + "\", \"ann\"]}";
        String chat = null;
        for (int status : new int[] {201, 200}) {
            Response made = caller().contentType("application/json").body(body).post("/api/chats/create-or-get");
            assertEquals(status, made.statusCode(), made::asString);
            chat = made.path("chat.id");
        }
        for (int i = 0; i < 3; i++)
            assertEquals(
                    201,
                    caller().contentType("application/json")
                            .body("{\"body\": \"Hello\"}")
                            .post("/api/chats/" + chat + "/messages")
                            .statusCode());
        get("/api/chats/" + chat);
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
        for (int i = 0; i < 40; i++)
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

    private static String flat(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("\\$[0-9]+", "?");
    }
}
