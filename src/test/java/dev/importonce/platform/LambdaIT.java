package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Ended;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The package for AWS Lambda, asked as Lambda asks it. */
class LambdaIT {
    static final String MIGRATE = "{\"routeKey\": \"migrate\"}";

    private static final String CRON_SECRET = "the secret of the schedule, with = and , in it";
    /** What provided.al2023 has, of which glibc is 2.34. */
    private static final Set<String> AMAZON_LINUX = Set.of(
            "ld-linux-x86-64.so.2",
            "ld-linux-aarch64.so.1",
            "libc.so.6",
            "libdl.so.2",
            "libm.so.6",
            "libpthread.so.0",
            "librt.so.1",
            "libz.so.1");

    private static final int AMAZON_LINUX_GLIBC = 34;

    private static final int PIECE = 4 * 1024 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    private static Database database;
    private static LambdaFunction function;

    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = new Database(TestPostgres.newDatabase());
        function = LambdaFunction.start(settings(database));
        function.invoke(MIGRATE).with(200);
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    /** Sign-in by secret, a schedule, and a URL to LISTEN on that nobody may use. */
    static Map<String, String> settings(Database database) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.url(),
                "SUPABASE_JWT_SECRET",
                Jwt.SECRET,
                "CRON_SECRET",
                CRON_SECRET,
                "IMPORTONCE_LISTEN_URL",
                database.url());
    }

    @Test
    void a_form_makes_a_job_and_the_second_click_gets_the_same_job() {
        HttpEvent click = HttpEvent.functionUrl("POST", "/functions/v1/migrations-run")
                .by(user)
                .form("Kontakte Köln.csv", file("ann@form.example"), Imports.MAPPING);
        LambdaFunction.Answer first = function.send(click).with(202);
        LambdaFunction.Answer second = function.send(click).with(200);

        String job = first.json().getString("jobId");
        assertEquals(
                "https://" + HttpEvent.FUNCTION_URL + "/api/migrations/" + job,
                first.headers().get("Location"));
        assertEquals(job, second.json().getString("jobId"));
        assertEquals("Kontakte Köln.csv", get("/api/migrations/" + job).getString("fileName"));
        assertEquals(1, database.count("select count(*) from migration_jobs where user_id = ?", user));
    }

    @Test
    void json_through_an_http_api_names_a_file_that_was_sent_before() {
        String source = function.send(HttpEvent.httpApi("POST", "/api/sources?fileName=K%C3%B6ln%20%26%20Co.csv")
                        .by(user)
                        .cookie("s_fid=7AABXMPL1AFD9BBF-0643XMPL09956DE2")
                        .cookie("regStatus=pre-register")
                        .body(
                                "application/octet-stream",
                                "email;first\nbjörn@json.example;Björn\n".getBytes(Charset.forName("windows-1252"))))
                .with(201)
                .json()
                .getString("sourceId");
        String job = function.send(HttpEvent.httpApi("POST", "/api/migrations/run")
                        .by(user)
                        .json("{\"sourceId\": \"" + source + "\", \"mapping\": {\"target\": \"contacts\","
                                + " \"fields\": {\"email\": \"email\", \"firstName\": \"first\"}}}"))
                .with(202)
                .json()
                .getString("jobId");
        assertEquals("Köln & Co.csv", get("/api/migrations/" + job).getString("fileName"));

        work();

        assertEquals("completed", get("/api/migrations/" + job).getString("status"));
        assertEquals("Björn", get("/api/contacts").getString("items[0].firstName"));
    }

    @Test
    void a_text_that_was_passed_on_as_text_is_the_file() {
        HttpEvent request = HttpEvent.httpApi("POST", run())
                .by(user)
                .body("text/csv; charset=utf-8", file("ann@text.example,Änn,\"Lee, \"\"J\"\"\""));
        JsonPath job = function.send(request).with(202).json();
        assertEquals(
                dev.importonce.key.Sha256.hash(file("ann@text.example,Änn,\"Lee, \"\"J\"\"\""))
                        .hex(),
                get("/api/migrations/" + job.getString("jobId")).getString("fileSha256"));
    }

    @Test
    void a_header_with_commas_arrives_whole() {
        HttpEvent one = HttpEvent.functionUrl("POST", run())
                .by(user)
                .header("idempotency-key", "a,b")
                .body("application/octet-stream", file("ann@comma.example"));
        String first = function.send(one).with(202).json().getString("jobId");
        assertEquals(first, function.send(one).with(200).json().getString("jobId"));
        String other = function.send(HttpEvent.functionUrl("POST", run())
                        .by(user)
                        .header("idempotency-key", "a,c")
                        .body("application/octet-stream", file("bob@comma.example")))
                .with(202)
                .json()
                .getString("jobId");
        assertNotEquals(first, other);
    }

    @Test
    void the_page_and_its_parts_are_served() {
        LambdaFunction.Answer page = function.send(HttpEvent.httpApi("GET", "/").header("accept", "text/html"))
                .with(200);
        assertTrue(page.text().contains("<html"), page::text);
        assertTrue(page.headers().get("Content-Security-Policy").startsWith("default-src 'none'"));
        assertTrue(function.send(HttpEvent.functionUrl("GET", "/embed/app.js"))
                .with(200)
                .text()
                .contains("import"));
        function.send(HttpEvent.functionUrl("GET", "/q/health/ready")).with(200);
    }

    @Test
    void nobody_gets_in_without_a_token_also_not_without_a_host() {
        for (HttpEvent request : List.of(
                HttpEvent.functionUrl("GET", "/api/migrations"),
                HttpEvent.httpApi("GET", "/api/migrations").without("host"),
                HttpEvent.functionUrl("POST", "/api/cron/process-imports?routeKey=schedule")
                        .header("routekey", "schedule")
                        .json("{\"routeKey\": \"schedule\"}"))) {
            LambdaFunction.Answer answer = function.send(request);
            assertEquals("Bearer", answer.headers().get("WWW-Authenticate").split(" ")[0]);
            refusal(answer).is("unauthenticated", "Send an Authorization header with a bearer token.");
        }
    }

    @Test
    void a_request_over_6_MB_is_told_how_to_send_the_file_instead() {
        // 4.4 MB are 5.9 in base64, and pass.
        function.send(HttpEvent.functionUrl("POST", "/api/sources")
                        .by(user)
                        .body("application/octet-stream", rows(44 * MEGABYTE / 10)))
                .with(201);
        for (HttpEvent event : List.of(
                HttpEvent.functionUrl("POST", run()).by(user).form("large.csv", rows(5 * MEGABYTE), Imports.MAPPING),
                HttpEvent.httpApi("POST", run()).by(user).body("text/csv", rows(7 * MEGABYTE)))) {
            LambdaFunction.Answer answer = function.send(event);
            Refusal refusal = refusal(answer);
            assertEquals(413, answer.status());
            assertEquals("urn:importonce:problem:too-large", answer.json().getString("type"));
            assertTrue(answer.json().getString("detail").contains("sourceId"), refusal::toString);
            assertTrue(answer.json().getString("detail").contains("/api/sources/tus"), refusal::toString);
        }
    }

    @Test
    void large_files_come_in_pieces_and_large_answers_go_compressed() throws IOException {
        byte[] file = rows(9 * MEGABYTE);
        String name = Base64.getEncoder().encodeToString("large.csv".getBytes(StandardCharsets.UTF_8));
        String place = function.send(tus("POST", "/api/sources/tus")
                        .header("upload-length", String.valueOf(file.length))
                        .header("upload-metadata", "filetype dGV4dC9jc3Y=,filename " + name))
                .with(201)
                .headers()
                .get("Location")
                .replaceFirst("https?://[^/]+", "");
        for (int from = 0; from < file.length; from += PIECE)
            function.send(tus("PATCH", place)
                            .header("upload-offset", String.valueOf(from))
                            .body(
                                    "application/offset+octet-stream",
                                    Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE))))
                    .with(204);
        JsonPath source = function.send(tus("GET", place)).with(200).json();
        assertEquals("large.csv", source.getString("fileName"));
        assertEquals(file.length, source.getInt("bytes"));

        String job = function.send(HttpEvent.functionUrl("POST", "/api/migrations/run")
                        .by(user)
                        .json("{\"sourceId\": \"" + source.getString("sourceId") + "\", \"mapping\": " + Imports.MAPPING
                                + "}"))
                .with(202)
                .json()
                .getString("jobId");
        work();
        assertEquals("completed", get("/api/migrations/" + job).getString("status"));

        HttpEvent rejects = HttpEvent.functionUrl("GET", "/api/migrations/" + job + "/rejects")
                .by(user);
        LambdaFunction.Answer plain = function.send(rejects);
        assertEquals(413, plain.status());
        assertTrue(plain.json().getString("detail").contains("Accept-Encoding: gzip"), plain::text);
        LambdaFunction.Answer compressed = function.send(rejects.header("accept-encoding", "gzip, deflate, br"))
                .with(200);
        assertEquals("gzip", compressed.headers().get("Content-Encoding"));
        assertTrue(compressed.headers().get("Content-Type").startsWith("text/csv"));
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes();
        assertTrue(unpacked.length > 6 * MEGABYTE);
        assertEquals(
                1 + get("/api/migrations/" + job).getInt("progress.rejected"),
                new String(unpacked, StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void only_a_schedule_works_jobs_and_it_does_not_need_the_secret() {
        String job = function.send(HttpEvent.functionUrl("POST", run())
                        .by(user)
                        .body("application/octet-stream", file("ann@cron.example")))
                .with(202)
                .json()
                .getString("jobId");
        assertNull(get("/api/migrations/" + job).getString("startedAt"));
        assertEquals(0, database.count("""
                select count(*) from pg_stat_activity
                where datname = current_database() and query ilike 'listen%'
                """));

        JsonPath report = work();

        assertTrue(report.getInt("processed") > 0, report::prettify);
        assertEquals(0, report.getInt("remaining"));
        assertEquals("completed", get("/api/migrations/" + job).getString("status"));
    }

    @Test
    void the_cron_endpoints_take_the_secret_over_http_too() {
        function.send(HttpEvent.httpApi("POST", "/api/cron/process-send-queue?budget=PT5S")
                        .header("authorization", "Bearer " + CRON_SECRET))
                .with(200);
    }

    @Test
    void a_refused_scheduled_call_is_an_error_of_the_invocation() {
        String error = function.error(schedule("/api/cron/process-imports", "budget=soon"));
        assertTrue(error.contains("422"), error);
    }

    @Test
    void an_event_of_an_unknown_kind_is_an_error_of_the_invocation() {
        String error = function.error("{\"source\": \"aws.events\", \"detail-type\": \"Scheduled Event\"}");
        assertTrue(error.contains("payload format 2.0"), error);
    }

    @Test
    void who_watches_a_job_is_told_how_it_is_now_and_asks_again() {
        String job = function.send(HttpEvent.functionUrl("POST", run())
                        .by(user)
                        .body("application/octet-stream", file("ann@watched.example")))
                .json()
                .getString("jobId");
        LambdaFunction.Answer events = function.send(HttpEvent.functionUrl("GET", "/api/migrations/" + job + "/events")
                        .by(user)
                        .header("accept", "text/event-stream"))
                .with(200);
        assertTrue(events.text().contains("\"status\":\"pending\""), events::text);
    }

    @Test
    void migrating_again_changes_nothing() {
        assertArrayEquals(
                function.invoke(MIGRATE).with(200).body(),
                function.invoke(MIGRATE).with(200).body());
    }

    @Test
    void an_external_database_without_sign_in_is_refused_every_time() {
        try (LambdaFunction open = LambdaFunction.start(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()))) {
            String request = HttpEvent.functionUrl("GET", "/api/migrations")
                    .without("host")
                    .json();
            String error = open.error(request);
            assertTrue(error.contains("SUPABASE_JWT_SECRET"), error);
            open.error(request);
        }
    }

    @Test
    void without_a_database_it_says_what_to_set() {
        try (LambdaFunction nowhere = LambdaFunction.start(Map.of("SUPABASE_JWT_SECRET", Jwt.SECRET))) {
            String error =
                    nowhere.error(HttpEvent.functionUrl("GET", "/q/health/live").json());
            assertTrue(error.toLowerCase(Locale.ROOT).replace('_', '.').contains("quarkus.datasource.jdbc.url"), error);
        }
    }

    @Test
    void no_postgresql_and_no_test_is_in_the_package() {
        List<String> contents = LambdaFunction.contents();
        if (LambdaFunction.isNative()) {
            assertEquals(List.of("bootstrap"), contents);
            return;
        }
        List<String> unwanted = contents.stream()
                .filter(name -> name.matches("(?i).*(postgres-binaries|[.]txz|interface-client|junit|rest-assured).*"))
                .toList();
        assertEquals(List.of(), unwanted);
        assertFalse(contents.isEmpty());
    }

    @Test
    void the_binary_needs_nothing_that_amazon_linux_2023_lacks() {
        if (!LambdaFunction.isNative()) Ended.skip("the libraries of the Lambda package, which is no binary here");
        Ended needs = Ended.of(
                Map.of(),
                "readelf",
                "--wide",
                "--dynamic",
                "--version-info",
                LambdaFunction.bootstrap().toString());
        assertEquals(0, needs.code(), needs.output());
        Set<String> libraries = found("\\(NEEDED\\) .*\\[(.+)]", needs.output());
        assertTrue(libraries.contains("libc.so.6"), needs::output);
        libraries.removeAll(AMAZON_LINUX);
        assertEquals(Set.of(), libraries);
        assertEquals(
                Set.of(),
                found("Name: GLIBC_(2[.]\\d+)", needs.output()).stream()
                        .filter(version -> Integer.parseInt(version.substring(2)) > AMAZON_LINUX_GLIBC)
                        .collect(Collectors.toSet()));
    }

    /** A scheduled call with another budget than those in deploy/lambda/template.yaml. */
    static String schedule(String path, String query) {
        return "{\"version\": \"2.0\", \"routeKey\": \"schedule\", \"rawPath\": \"" + path
                + "\", \"rawQueryString\": \"" + query
                + "\", \"requestContext\": {\"http\": {\"method\": \"POST\"}}}";
    }

    private static Set<String> found(String pattern, String in) {
        return Pattern.compile(pattern)
                .matcher(in)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the schedule does it. */
    private static JsonPath work() {
        String event = LambdaTemplate.scheduled().stream()
                .filter(input -> input.contains("/api/cron/process-imports"))
                .findFirst()
                .orElseThrow();
        return function.invoke(event).with(200).json();
    }

    private JsonPath get(String path) {
        return function.send(HttpEvent.functionUrl("GET", path).by(user))
                .with(200)
                .json();
    }

    private HttpEvent tus(String method, String path) {
        return HttpEvent.functionUrl(method, path).by(user).header("tus-resumable", "1.0.0");
    }

    private static Refusal refusal(LambdaFunction.Answer answer) {
        return new Refusal(answer.status(), answer.headers().get("Content-Type"), answer.text());
    }

    private static String run() {
        return "/api/migrations/run?mapping=" + URLEncoder.encode(Imports.MAPPING, StandardCharsets.UTF_8);
    }

    private static byte[] file(String row) {
        return Imports.csv(row.contains(",") ? row : row + ",Ann,Lee");
    }

    /** A file of about that size, none of whose rows has an address. */
    private static byte[] rows(int bytes) {
        String name = "n".repeat(180);
        return Imports.csv(IntStream.range(0, bytes / 200)
                .mapToObj(i -> "row-" + (1_000_000 + i) + ",Ann," + name)
                .collect(Collectors.joining("\n")));
    }
}
