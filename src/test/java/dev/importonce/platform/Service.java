package dev.importonce.platform;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged application as a process of its own, started as a user starts it. */
public final class Service implements AutoCloseable {
    private static final Path BUILT = Path.of("target/quarkus-artifact.properties");
    private static final long PATIENCE_SECONDS = 60;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;
    private final int port;

    private Service(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts it on a free port and waits until it is ready. */
    public static Service start(Map<String, String> environment, String... arguments) {
        int port = freePort();
        Service service = launch(environment, port, arguments);
        service.awaitReady();
        return service;
    }

    /** Starts it on that port without waiting. */
    public static Service launch(Map<String, String> environment, int port, String... arguments) {
        try {
            Path output = Files.createTempFile("importonce", ".log");
            List<String> command = program();
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            removeSettings(builder);
            builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
            builder.environment().putAll(environment);
            // As operators do it: migrations go to the server itself.
            if (!List.of(arguments).contains("migrate"))
                builder.environment()
                        .computeIfPresent("QUARKUS_DATASOURCE_JDBC_URL", (name, url) -> PgBouncer.url(url));
            return new Service(builder.start(), output, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happens to be set where the tests run is no setting of what they start. */
    static void removeSettings(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("QUARKUS_") || name.startsWith("IMPORTONCE_") || name.startsWith("SUPABASE_"));
    }

    /** Whether the package is a native binary, which has no embedded PostgreSQL. */
    public static boolean isNative() {
        return "native".equals(built().getProperty("type"));
    }

    private static List<String> program() {
        String path = Path.of("target", built().getProperty("path")).toString();
        if (isNative()) return new ArrayList<>(List.of(path));
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                path));
    }

    /** What the build says of its result: {@code type} and {@code path}. */
    private static Properties built() {
        try (Reader reader = Files.newBufferedReader(BUILT)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Freezes it (SIGSTOP) or lets it go on (SIGCONT). */
    public void signal(String name) {
        signal(process, name);
    }

    /** The same of any process. */
    static void signal(Process process, String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) throw new IllegalStateException("kill -" + name + " ended with " + code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process, to be killed, stopped or asked to end. */
    public Process process() {
        return process;
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw new AssertionError("still runs: " + output());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        exitCode();
        File file = output.toFile();
        if (!file.delete()) file.deleteOnExit();
    }

    /** Waits until it answers that it is ready. */
    public void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) throw new AssertionError("not ready: " + output());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/q/health/ready"))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
