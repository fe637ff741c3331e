package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two execution environments of Lambda, frozen between their invocations while their connections die. */
class LambdaFreezeIT {
    private static final String CUT = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """;

    private static Database database;
    private static TcpProxy line;
    private static List<LambdaFunction> both;

    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = new Database(TestPostgres.newDatabase());
        URI uri = URI.create(database.url().substring("jdbc:".length()));
        line = new TcpProxy(uri.getHost(), uri.getPort());
        Map<String, String> settings = new HashMap<>(LambdaIT.settings(database));
        settings.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + line.port() + "/"));
        settings.put("IMPORTONCE_CHUNK_ROWS", "500");
        settings.put("IMPORTONCE_LEASE", "PT5S");
        both = List.of(LambdaFunction.start(settings), LambdaFunction.start(settings));
        both.get(0).invoke(LambdaIT.MIGRATE).with(200);
    }

    @AfterAll
    static void stop() {
        both.forEach(LambdaFunction::close);
        line.close();
    }

    @Test
    void two_clicks_at_once_in_two_environments_are_one_job() throws Exception {
        HttpEvent click = click(file(1));
        List<LambdaFunction.Answer> answers = atOnce(click);
        assertEquals(
                List.of(200, 202),
                answers.stream().map(LambdaFunction.Answer::status).sorted().toList());
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.json().getString("jobId"))
                        .distinct()
                        .count());
    }

    @Test
    void thawed_after_its_connections_were_closed_each_still_answers() throws Exception {
        HttpEvent click = click(file(1));
        String job = atOnce(click).get(0).json().getString("jobId");
        both.forEach(LambdaFunction::freeze);
        assertTrue(database.rows(CUT).size() >= 2, "each had a connection");
        both.forEach(LambdaFunction::thaw);

        for (LambdaFunction.Answer answer : atOnce(click))
            assertEquals(job, answer.with(200).json().getString("jobId"));
    }

    @Test
    void thawed_after_its_connections_vanished_each_still_answers() throws Exception {
        HttpEvent click = click(file(1));
        String job = atOnce(click).get(0).json().getString("jobId");
        both.forEach(LambdaFunction::freeze);
        line.forget();
        both.forEach(LambdaFunction::thaw);

        for (LambdaFunction.Answer answer : atOnce(click))
            assertEquals(job, answer.with(200).json().getString("jobId"));
    }

    @Test
    void a_job_begun_before_a_freeze_is_ended_by_another_environment() throws Exception {
        int rows = 3_000;
        String job = both.get(0).send(click(file(rows))).with(202).json().getString("jobId");
        JsonPath begun = both.get(0)
                .invoke(LambdaIT.schedule("/api/cron/process-imports", "max=2"))
                .with(200)
                .json();
        assertEquals(2, begun.getInt("claimed"), begun::prettify);
        both.get(0).freeze();
        database.rows(CUT);

        both.get(1).invoke(LambdaIT.schedule("/api/cron/process-imports", "budget=PT60S"));
        assertEquals("completed", job(both.get(1), job).getString("status"));

        both.get(0).thaw();
        JsonPath nothing = both.get(0)
                .invoke(LambdaIT.schedule("/api/cron/process-imports", "budget=PT10S"))
                .with(200)
                .json();
        assertEquals(0, nothing.getInt("claimed"), nothing::prettify);
        assertEquals(rows, job(both.get(0), job).getInt("progress.inserted"));
        assertEquals(rows, database.count("select count(*) from contacts where org_id = ?", user));
    }

    private static List<LambdaFunction.Answer> atOnce(HttpEvent event) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(both.size());
        CyclicBarrier barrier = new CyclicBarrier(both.size());
        try {
            List<Future<LambdaFunction.Answer>> answers = both.stream()
                    .map(function -> threads.submit(() -> {
                        barrier.await();
                        return function.send(event);
                    }))
                    .toList();
            return List.of(answers.get(0).get(), answers.get(1).get());
        } finally {
            threads.shutdownNow();
        }
    }

    private HttpEvent click(byte[] file) {
        return HttpEvent.functionUrl("POST", "/api/migrations/run")
                .header("authorization", "Bearer " + Jwt.of(user).sign())
                .form("contacts.csv", file, Imports.MAPPING);
    }

    private JsonPath job(LambdaFunction function, String id) {
        return function.send(
                        HttpEvent.functionUrl("GET", "/api/migrations/" + id).by(user))
                .with(200)
                .json();
    }

    private byte[] file(int rows) {
        return Imports.csv(IntStream.range(0, rows)
                .mapToObj(i -> "p" + i + "@" + user + ".example,Ann,Lee")
                .collect(Collectors.joining("\n")));
    }
}
