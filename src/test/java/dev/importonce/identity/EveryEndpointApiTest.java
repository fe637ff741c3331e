package dev.importonce.identity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two users of two organisations and every endpoint there is: what one gets of the other's things. A new endpoint needs a line here. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class EveryEndpointApiTest {
    private static final String SIGN_IN = "GET /api/sign-in";
    private static final String ORG = "org_id";
    private static final byte[] FILE = Imports.csv("ann@example.com,Ann,Lee");
    private static final String ITEM =
            "{\"items\": [{\"campaignId\": \"c\", \"prospectId\": \"p\", \"step\": 1, \"channel\": \"x\", \"body\": \"hi\"}]}";

    /** What Ann has, and a stranger to ask for it. */
    private record World(Jwt bob, String job, String source, String chat, String item, String upload, UUID org) {
        RequestSpecification stranger() {
            return as(bob);
        }

        Response body(String json, String target) {
            return stranger().contentType("application/json").body(json).post(target);
        }
    }

    private interface Line {
        void holds(World world);
    }

    private static final Map<String, Line> TABLE = new TreeMap<>();

    static {
        for (String run : List.of("/api/migrations/run", "/functions/v1/migrations-run", "/api/migrations/preview")) {
            TABLE.put("POST " + run, w -> {
                status(404, w.body("{\"sourceId\": \"" + w.source + "\", \"mapping\": " + Imports.MAPPING + "}", run));
                String into = Imports.MAPPING.replaceFirst("\\{", "{\"orgId\": \"" + w.org + "\", ");
                status(403, w.body("{\"sourceId\": \"" + w.source + "\", \"mapping\": " + into + "}", run));
            });
        }
        TABLE.put("POST /api/sources", w -> {
            Response own = w.stranger().contentType("text/csv").body(FILE).post("/api/sources");
            status(201, own);
            assertFalse(own.asString().contains(w.source));
        });
        TABLE.put("GET /api/sources/{id}/sheets", w -> unseen("GET /api/sources/{id}/sheets", w, w.source));
        TABLE.put("OPTIONS /api/sources/tus", w -> status(204, w.stranger().options("/api/sources/tus")));
        TABLE.put("POST /api/sources/tus", w -> {
            Response own = announced(w.stranger());
            status(201, own);
            assertFalse(own.header("Location").contains(w.upload));
        });
        for (String method : List.of("GET", "HEAD", "PATCH", "DELETE"))
            TABLE.put(method + " /api/sources/tus/{id}", w -> unseen(method + " /api/sources/tus/{id}", w, w.upload));
        // What the service can do, the same for everybody.
        TABLE.put("GET /api/targets", w -> status(200, w.stranger().get("/api/targets")));
        TABLE.put("GET /api/targets/{name}", w -> status(200, w.stranger().get("/api/targets/contacts")));
        TABLE.put(
                "GET /api/targets/{name}/template",
                w -> status(200, w.stranger().get("/api/targets/contacts/template")));
        // Declarations are for operators.
        TABLE.put("POST /api/targets/discover", w -> status(403, w.body("{}", "/api/targets/discover")));
        TABLE.put(
                "GET /api/targets/{name}/declaration",
                w -> status(403, w.stranger().get("/api/targets/products/declaration")));
        TABLE.put(
                "PUT /api/targets/{name}",
                w -> status(
                        403,
                        w.stranger().contentType("application/json").body("{}").put("/api/targets/products")));
        TABLE.put("DELETE /api/targets/{name}", w -> status(403, w.stranger().delete("/api/targets/products")));
        TABLE.put(SIGN_IN, w -> status(200, w.stranger().get("/api/sign-in")));
        TABLE.put("GET /api/migrations", hides(w -> w.job, "/api/migrations"));
        for (String call : List.of(
                "GET /api/migrations/{id}",
                "GET /api/migrations/{id}/events",
                "GET /api/migrations/{id}/rejects",
                "POST /api/migrations/{id}/cancel",
                "POST /api/migrations/{id}/retry",
                "POST /api/migrations/{id}/undo")) TABLE.put(call, w -> unseen(call, w, w.job));
        TABLE.put("GET /api/contacts", w -> {
            Response contacts = w.stranger().get("/api/contacts");
            status(200, contacts);
            assertEquals(List.of(), contacts.path("items"));
            status(403, w.stranger().get("/api/contacts?orgId=" + w.org));
        });
        TABLE.put(
                "POST /api/chats/create-or-get",
                w -> status(403, w.body("{\"participants\": [\"ann\", \"carol\"]}", "/api/chats/create-or-get")));
        for (String call :
                List.of("GET /api/chats/{id}", "GET /api/chats/{id}/messages", "POST /api/chats/{id}/messages"))
            TABLE.put(call, w -> unseen(call, w, w.chat));
        TABLE.put("GET /api/send-queue", hides(w -> w.item, "/api/send-queue"));
        TABLE.put("POST /api/send-queue", w -> {
            Response own = w.body(ITEM, "/api/send-queue");
            assertEquals(List.of(true), own.path("items.created"), own::asString);
            assertFalse(own.asString().contains(w.item));
        });
        for (String call : List.of("GET /api/send-queue/{id}", "POST /api/send-queue/{id}/resolve"))
            TABLE.put(call, w -> unseen(call, w, w.item));
        for (String call : List.of(
                "POST /api/cron/process-imports",
                "POST /api/cron/process-send-queue",
                "POST /api/cron/process-webhooks",
                "GET /api/integrity",
                "GET /api/webhooks/deliveries",
                "POST /api/webhooks/deliveries/{id}/resend"))
            TABLE.put(
                    call,
                    w -> status(
                            403, w.stranger().request(method(call), path(call).replace("{id}", w.item))));
    }

    private final UUID ann = UUID.randomUUID();
    private final UUID org = UUID.randomUUID();
    private World world;

    static Stream<Named<Line>> lines() {
        return TABLE.entrySet().stream().map(line -> Named.of(line.getKey(), line.getValue()));
    }

    @BeforeEach
    void ann_has_one_of_each() {
        Jwt bob = Jwt.of(UUID.randomUUID())
                .with("app_metadata", Map.of(ORG, UUID.randomUUID().toString()));
        String job = ann().multiPart("file", "c.csv", Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee"))
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run")
                .path("jobId");
        String source =
                ann().contentType("text/csv").body(FILE).post("/api/sources").path("sourceId");
        String chat = ann().contentType("application/json")
                .body(Map.of("participants", List.of(ann, "carol")))
                .post("/api/chats/create-or-get")
                .path("chat.id");
        String item = ann().contentType("application/json")
                .body(ITEM)
                .post("/api/send-queue")
                .path("items[0].id");
        String upload = announced(ann()).header("Location").replaceFirst(".*/", "");
        world = new World(bob, job, source, chat, item, upload, org);
    }

    private static Response announced(RequestSpecification who) {
        return who.header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", FILE.length)
                .post("/api/sources/tus");
    }

    @Test
    void every_endpoint_has_a_line() {
        Map<String, Map<String, Object>> paths =
                given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        Set<String> calls = new TreeSet<>();
        paths.forEach((path, methods) ->
                methods.keySet().forEach(method -> calls.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        assertEquals(TABLE.keySet(), calls);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void the_one_gets_nothing_of_the_others(Line line) {
        line.holds(world);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void nobody_gets_anything_without_a_token(Line line) {
        String call = TABLE.entrySet().stream()
                .filter(entry -> entry.getValue() == line)
                .findFirst()
                .orElseThrow()
                .getKey();
        RequestSpecification nobody = given();
        // A body type that is none of ours is refused before anybody asks who is calling.
        if (call.startsWith("POST")) nobody.contentType("application/json").body("{}");
        // Who has not signed in yet asks how.
        int expected = call.equals(SIGN_IN) ? 200 : 401;
        status(
                expected,
                nobody.request(
                        method(call), path(call).replace("{id}", world.job).replace("{name}", "contacts")));
    }

    /** What is refused above is there. */
    @Test
    void ann_gets_them_all() {
        for (String path :
                List.of("/api/migrations/" + world.job, "/api/chats/" + world.chat, "/api/send-queue/" + world.item))
            status(200, ann().get(path));
        assertTrue(ann().get("/api/migrations").asString().contains(world.job));
        assertTrue(ann().get("/api/send-queue").asString().contains(world.item));
        status(
                202,
                ann().contentType("application/json")
                        .body("{\"sourceId\": \"" + world.source + "\", \"mapping\": " + Imports.MAPPING + "}")
                        .post("/api/migrations/run"));
    }

    private static Line hides(java.util.function.Function<World, String> thing, String path) {
        return world -> {
            Response list = world.stranger().get(path);
            status(200, list);
            assertFalse(list.asString().contains(thing.apply(world)), list::asString);
        };
    }

    /** Exactly as an id that nothing has. */
    private static void unseen(String call, World world, String id) {
        String nothing = UUID.randomUUID().toString();
        Response of = ask(call, world, id);
        Response none = ask(call, world, nothing);
        status(404, of);
        assertEquals(none.asString().replace(nothing, "id"), of.asString().replace(id, "id"));
    }

    private static Response ask(String call, World world, String id) {
        RequestSpecification request = world.stranger();
        if (call.endsWith("/messages") && call.startsWith("POST"))
            request.contentType("application/json").body("{\"body\": \"hi\"}");
        if (call.contains("/tus/"))
            request.header("Tus-Resumable", "1.0.0")
                    .header("Upload-Offset", 0)
                    .header("Content-Type", "application/offset+octet-stream");
        if (call.endsWith("/resolve")) request.contentType("application/json").body("{\"outcome\": \"sent\"}");
        return request.request(method(call), path(call).replace("{id}", id));
    }

    private static String method(String call) {
        return call.substring(0, call.indexOf(' '));
    }

    private static String path(String call) {
        return call.substring(call.indexOf(' ') + 1);
    }

    private static void status(int expected, Response response) {
        assertEquals(expected, response.statusCode(), response::asString);
    }

    private RequestSpecification ann() {
        return as(Jwt.of(ann).with("app_metadata", Map.of(ORG, org.toString())));
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }
}
