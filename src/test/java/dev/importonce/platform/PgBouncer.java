package dev.importonce.platform;

import dev.importonce.fixture.Service;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With {@code -Dpgbouncer}: a PgBouncer in transaction mode in front of each server of the test run, for the application
 * under test. Tests and migrations connect directly.
 */
public final class PgBouncer {
    private static final boolean WANTED =
            !System.getProperty("pgbouncer", "false").equals("false");
    private static final long PATIENCE_SECONDS = 20;

    /** Server (host and port) to the line that leads there through a pooler. */
    private static final Map<String, String> LINES = new HashMap<>();

    private PgBouncer() {}

    /** Has what goes to this server pooled. */
    public static synchronized void inFrontOf(String serverUrl) {
        if (WANTED) LINES.computeIfAbsent(server(serverUrl), server -> start(server, serverUrl));
    }

    /** The URL for the application, of the same database; the same URL without a pooler in front of its server. */
    public static synchronized String url(String direct) {
        String pooled = LINES.get(server(direct));
        return pooled == null ? direct : direct.replaceFirst("//[^/]+/", "//" + pooled + "/");
    }

    /** What an application needs that migrates when it starts. */
    public static Map<String, String> settings(String direct) {
        String url = url(direct);
        if (url.equals(direct)) return Map.of("quarkus.datasource.jdbc.url", direct);
        Map<String, String> parameters = parameters(direct);
        return Map.of(
                "quarkus.datasource.jdbc.url",
                url,
                "quarkus.flyway.jdbc-url",
                direct,
                // Quarkus insists on both.
                "quarkus.flyway.username",
                parameters.getOrDefault("user", "postgres"),
                "quarkus.flyway.password",
                parameters.getOrDefault("password", "none"));
    }

    private static String server(String jdbcUrl) {
        return jdbcUrl.replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
    }

    private static String start(String server, String serverUrl) {
        int port = Service.freePort();
        try {
            Path folder = Files.createTempDirectory("importonce-pgbouncer");
            Path ini = folder.resolve("pgbouncer.ini");
            Path users = folder.resolve("users.txt");
            Map<String, String> parameters = parameters(serverUrl);
            String user = parameters.getOrDefault("user", "postgres");
            Files.writeString(users, "\"%s\" \"%s\"%n".formatted(user, parameters.getOrDefault("password", "")));
            Files.writeString(ini, ini(URI.create("pg://" + server), port, user, users));
            // PgBouncer gives up being root when it is told to, and reads the files once more afterwards.
            for (Path path : new Path[] {folder, ini, users}) readable(path.toFile());
            Path log = folder.resolve("pgbouncer.log");
            Process process = new ProcessBuilder(program(), ini.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "pgbouncer-stop"));
            for (Path path : new Path[] {folder, ini, users, log}) path.toFile().deleteOnExit();
            awaitReady(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "127.0.0.1:" + port;
    }

    private static String ini(URI server, int port, String user, Path users) {
        String ini = """
                [databases]
                * = host=%s port=%d auth_user=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                ; Roles that a test has made log in with their name.
                auth_query = select $1::text, $1::text
                pool_mode = transaction
                server_reset_query =
                max_client_conn = 2000
                ; For all connections of two processes: who finds none waits query_wait_timeout and is turned away.
                default_pool_size = 90
                ; Each start of the application has a database of its own: what it leaves idle is to make room.
                server_idle_timeout = 5
                server_login_retry = 1
                ; With the default of 120 seconds, callers wait that long for a server that is away.
                query_wait_timeout = 3
                """.formatted(server.getHost(), server.getPort() < 0 ? 5432 : server.getPort(), user, port, users);
        return "root".equals(System.getProperty("user.name")) ? ini + "user = nobody\n" : ini;
    }

    private static Map<String, String> parameters(String jdbcUrl) {
        String query = jdbcUrl.contains("?") ? jdbcUrl.substring(jdbcUrl.indexOf('?') + 1) : "";
        return Stream.of(query.split("&"))
                .filter(parameter -> parameter.contains("="))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
    }

    private static String program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        // Debian's place is not in everybody's PATH.
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> new File(folder, "pgbouncer"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "-Dpgbouncer needs PgBouncer, and there is no program pgbouncer in PATH or /usr/sbin (Debian: apt-get install pgbouncer)."));
    }

    private static void readable(File file) {
        if (!file.setReadable(true, false) || file.isDirectory() && !file.setExecutable(true, false))
            throw new IllegalStateException("cannot be made readable: " + file);
    }

    private static void awaitReady(Process process, int port, Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline)
                throw new IllegalStateException("PgBouncer does not start: " + Files.readString(log));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
