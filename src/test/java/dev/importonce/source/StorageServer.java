package dev.importonce.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.importonce.fixture.LocalServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers as Supabase Storage does: {@code GET /storage/v1/object/authenticated/<bucket>/<path>} with a token whose user is the
 * first name of the path. What a path begins with behind that decides what goes wrong.
 */
public class StorageServer implements QuarkusTestResourceLifecycleManager {
    private static final String OBJECTS = "/storage/v1/object/authenticated/";

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        server = LocalServer.create();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "supabase.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "importonce.storage-timeout",
                "PT2S");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StorageServer.class));
    }

    @Override
    public void stop() {
        if (server != null) server.stop(0);
        threads.shutdownNow();
    }

    /** @param path bucket and path */
    void put(String path, byte[] object) {
        objects.put(path, object);
    }

    /** What it was asked for, as it stood in the request line. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String raw = exchange.getRequestURI().getRawPath();
        asked.add(raw);
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(OBJECTS)) {
            refuse(exchange, 404, 404, "route not found");
            return;
        }
        String[] names = path.substring(OBJECTS.length()).split("/", 3);
        byte[] object = objects.get(path.substring(OBJECTS.length()));
        String behaviour = names.length < 3 ? "" : names[2].split("[./]")[0];
        if (names[0].equals("gone")) refuse(exchange, 400, 404, "Bucket not found");
        else if (names[0].equals("private")) refuse(exchange, 403, 403, "Unauthorized");
        else if (names[0].equals("older")) refuse(exchange, 400, 403, "Unauthorized");
        else if (names[0].equals("broken")) refuse(exchange, 500, 500, "Internal");
        else if (names[0].equals("moved")) {
            exchange.getResponseHeaders()
                    .add("Location", "/storage/v1/object/authenticated/files/" + names[1] + "/" + names[2]);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } else if (!user(exchange).equals(names[1])) refuse(exchange, 400, 404, "Object not found");
        else if (object == null) refuse(exchange, 404, 404, "Object not found");
        else send(exchange, object, behaviour);
    }

    private static void send(HttpExchange exchange, byte[] object, String behaviour) throws IOException {
        exchange.sendResponseHeaders(200, behaviour.equals("chunked") ? 0 : object.length);
        OutputStream out = exchange.getResponseBody();
        switch (behaviour) {
            case "truncated", "silent" -> {
                out.write(object, 0, object.length / 2);
                out.flush();
                if (behaviour.equals("silent")) LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(30));
            }
            // Whole after longer than the service waits for a piece.
            case "slow" -> {
                for (byte b : object) {
                    out.write(b);
                    out.flush();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
            default -> out.write(object);
        }
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int status, int told, String message) throws IOException {
        byte[] body = "{\"statusCode\":\"%d\",\"error\":\"%s\",\"message\":\"%2$s\"}"
                .formatted(told, message)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String user(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) return "";
        String claims = new String(Base64.getUrlDecoder().decode(header.split("\\.")[1]), StandardCharsets.UTF_8);
        return claims.replaceFirst(".*\"sub\":\"([^\"]+)\".*", "$1");
    }
}
