import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Trains an AOT cache: starts the application on a temporary PostgreSQL, imports a file, and ends the application; the JVM
 * then writes the classes that it has loaded and linked. {@code java -cp '<app>/lib/main/*' Train.java <cache> <command of
 * the application …>}
 */
class Train {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String CSV = "E-mail,First\nann@example.com,Ann\nbob@example.com,Bob\nnowhere,Carl\n";
    private static final String MAPPING = "%7B%22target%22:%22contacts%22,%22fields%22:%7B%22email%22:%22E-mail%22%7D%7D";

    public static void main(String... args) throws Exception {
        Path cache = Path.of(args[0]);
        List<String> command = List.of(args).subList(1, args.length);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
            ended(start(url, 0, command, List.of(), List.of("migrate")));
            int port = freePort();
            Process application = start(url, port, command, List.of("-XX:AOTCacheOutput=" + cache), List.of());
            String base = "http://127.0.0.1:" + port;
            await(application, base + "/q/health/ready", "");
            call(HttpRequest.newBuilder(URI.create(base + "/q/metrics")).build());
            String job = call(HttpRequest.newBuilder(URI.create(base + "/api/migrations/run?mapping=" + MAPPING))
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofString(CSV))
                    .build());
            String id = job.replaceFirst(".*\"jobId\":\"([^\"]+)\".*", "$1");
            await(application, base + "/api/migrations/" + id, "\"status\":\"completed\"");
            application.destroy();
            ended(application);
        }
        if (!Files.exists(cache)) throw new IllegalStateException("no " + cache + " was written");
    }

    private static Process start(String url, int port, List<String> command, List<String> options, List<String> arguments)
            throws Exception {
        List<String> whole = new ArrayList<>(command.subList(0, 1));
        whole.addAll(options);
        whole.addAll(command.subList(1, command.size()));
        whole.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", url);
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("IMPORTONCE_AUTH", "none");
        return builder.start();
    }

    /** The JVM writes the cache when it ends, so that the end takes some time. */
    private static void ended(Process process) throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.MINUTES)) throw new IllegalStateException("does not end");
        int code = process.exitValue();
        if (code != 0 && code != 143) throw new IllegalStateException("ended with " + code);
    }

    private static void await(Process process, String address, String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try {
                if (call(HttpRequest.newBuilder(URI.create(address)).build()).contains(part)) return;
            } catch (java.io.IOException | IllegalStateException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) throw e;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String call(HttpRequest request) throws Exception {
        var answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        return answer.body();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
