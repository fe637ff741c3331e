package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.Ended;
import dev.importonce.fixture.LocalServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Functions host reads leads to the service, and the timers call what there is, with the secret. */
class AzureFunctionsTest {
    private static final Path SERVICE = Path.of("deploy/azure-functions/service");
    private static final Path TIMERS = Path.of("deploy/azure-functions/timers");

    @Test
    void the_host_starts_the_handler_and_hands_every_request_through() {
        Host host = Manifests.json(SERVICE.resolve("host.json"), Host.class);
        assertEquals("2.0", host.version());
        assertTrue(host.customHandler().enableProxyingHttpRequest());
        assertEquals("", host.extensions().http().routePrefix(), "paths must arrive as they were sent");
        assertTrue(Files.isExecutable(
                SERVICE.resolve(host.customHandler().description().defaultExecutablePath())));

        List<Path> functions = functions(SERVICE);
        assertEquals(1, functions.size());
        List<Function.Binding> bindings =
                Manifests.json(functions.get(0), Function.class).bindings();
        // Anything beside these two, and the host would wrap requests in JSON of its own
        assertEquals(
                List.of("httpTrigger", "http"),
                bindings.stream().map(Function.Binding::type).toList());
        assertEquals("{*path}", bindings.get(0).route());
        assertEquals("anonymous", bindings.get(0).authLevel(), "the service itself asks for a token");
    }

    @Test
    void the_handler_listens_where_the_host_says_and_only_there(@TempDir Path folder) throws IOException {
        Path handler = Files.copy(SERVICE.resolve("handler"), folder.resolve("handler"));
        Path program = Files.writeString(
                folder.resolve("importonce"), "#!/bin/sh\necho \"$QUARKUS_HTTP_HOST:$QUARKUS_HTTP_PORT $#\"\n");
        assertTrue(handler.toFile().setExecutable(true) && program.toFile().setExecutable(true));

        Ended started = Ended.of(Map.of("FUNCTIONS_CUSTOMHANDLER_PORT", "41234"), handler.toString());
        assertEquals("127.0.0.1:41234 0", started.output().strip());
        assertNotEquals(0, Ended.of(Map.of(), handler.toString()).code());
    }

    @Test
    void a_timer_calls_with_the_secret_and_fails_if_it_is_refused() throws Exception {
        HttpServer server = LocalServer.create();
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        server.createContext("/", exchange -> {
            String secret = exchange.getRequestHeaders().getFirst("Authorization");
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + secret);
            byte[] answer = "{\"claimed\":0}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders("Bearer right".equals(secret) ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Set<String> names = new TreeSet<>();
            for (Path file : functions(TIMERS)) {
                Function function = Manifests.json(file, Function.class);
                String name = file.getParent().getFileName().toString();
                names.add("/api/cron/" + name);
                assertEquals(
                        List.of("timerTrigger"),
                        function.bindings().stream().map(Function.Binding::type).toList());
                Path script = file.resolveSibling(function.scriptFile()).normalize();
                Ended right = call(script, name, url, "right");
                assertEquals(0, right.code(), right.output());
                assertEquals("POST /api/cron/" + name + "?budget=PT50S Bearer right", calls.take());
                assertNotEquals(0, call(script, name, url, "wrong").code());
                assertEquals("POST /api/cron/" + name + "?budget=PT50S Bearer wrong", calls.take());
            }
            assertEquals(CronEndpoints.paths(), names);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void every_setting_of_the_timers_is_one_that_they_read() {
        String script = Manifests.text(TIMERS.resolve("call.js"));
        for (String name : Manifests.settings(TIMERS.resolve("settings.json")).keySet())
            assertTrue(name.equals("FUNCTIONS_WORKER_RUNTIME") || script.contains(name), name);
    }

    private static Ended call(Path script, String name, String url, String secret) {
        String program = "require(process.argv[1])({executionContext:{functionName:process.argv[2]},log:console.log})"
                + ".catch(e => { console.error(e); process.exit(1); })";
        return Ended.of(
                Map.of("IMPORTONCE_URL", url, "CRON_SECRET", secret),
                "node",
                "-e",
                program,
                script.toAbsolutePath().toString(),
                name);
    }

    private static List<Path> functions(Path app) {
        return Manifests.files(Manifests.DEPLOY.relativize(app).toString(), "function.json");
    }

    record Host(String version, String functionTimeout, CustomHandler customHandler, Extensions extensions) {
        record CustomHandler(Description description, boolean enableProxyingHttpRequest) {}

        record Description(String defaultExecutablePath, List<String> arguments, String workingDirectory) {}

        record Extensions(Http http) {}

        record Http(String routePrefix) {}
    }

    record Function(String scriptFile, List<Binding> bindings) {
        record Binding(
                String type,
                String direction,
                String name,
                String authLevel,
                List<String> methods,
                String route,
                String schedule) {}
    }
}
