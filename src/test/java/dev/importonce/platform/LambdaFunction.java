package dev.importonce.platform;

import dev.importonce.fixture.Service;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An execution environment of Lambda: the package unzipped and started as there, the native binary as the
 * {@code bootstrap} of {@code provided.al2023}, else the handler by AWS' own runtime client. Events go in through the
 * Runtime API alone.
 */
final class LambdaFunction implements AutoCloseable {
    static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    private static final Path ZIP = Path.of("target/lambda/function.zip");
    private static final Path TASK = Path.of("target/lambda/task");

    /** In a folder of its own: beside the package a native one would take it in. */
    private static final Path LIBRARY = Path.of("target/lambda/jni/libaws-lambda-jni.so");

    private static final int EXECUTABLE = 0100;
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";
    private static final List<String> RUNTIME = List.of(
            CLIENT + ".AWSLambda",
            "com.amazonaws.services.lambda.runtime.Context",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer");

    private final RuntimeApi api = new RuntimeApi();
    private final Process process;
    private final Path output;

    private LambdaFunction(Map<String, String> environment) {
        try {
            output = Files.createTempFile("importonce-lambda", ".log");
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(task().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Service.removeSettings(builder);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            builder.environment()
                    .putAll(Map.of(
                            "_HANDLER", HANDLER,
                            "AWS_LAMBDA_RUNTIME_API", api.address(),
                            "AWS_LAMBDA_FUNCTION_NAME", "importonce",
                            "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                            "AWS_REGION", "us-east-1",
                            "LAMBDA_TASK_ROOT", task().toString()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.onExit().thenRun(() -> api.processEnded(output()));
    }

    /** Starts it as an environment with these settings. */
    static LambdaFunction start(Map<String, String> environment) {
        return new LambdaFunction(environment);
    }

    /** What is in the package. */
    static List<String> contents() {
        try (Stream<Path> files = Files.walk(task())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> task().relativize(file).toString())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the package is a native binary. */
    static boolean isNative() {
        return isIn(task());
    }

    /** The native binary. */
    static Path bootstrap() {
        return task().resolve("bootstrap");
    }

    /** Invokes it with a request; an error of the function fails the test. */
    Answer send(HttpEvent request) {
        return invoke(request.json());
    }

    /** Invokes it with an event; an error of the function fails the test. */
    Answer invoke(String event) {
        RuntimeApi.Ended ended = api.invoke(event.getBytes(StandardCharsets.UTF_8));
        if (ended.error() != null) throw new AssertionError(ended.error() + "\n" + output());
        return Answer.of(JsonPath.from(new String(ended.response(), StandardCharsets.UTF_8)));
    }

    /** Invokes it with an event that must end in an error of the function: that error. */
    String error(String event) {
        RuntimeApi.Ended ended = api.invoke(event.getBytes(StandardCharsets.UTF_8));
        if (ended.error() == null)
            throw new AssertionError("answered: " + new String(ended.response(), StandardCharsets.UTF_8));
        return ended.error() + output();
    }

    /** As Lambda does between invocations (SIGSTOP), once the runtime asks for the next one. */
    void freeze() {
        api.awaitIdle();
        Service.signal(process, "STOP");
    }

    /** As Lambda does before the next invocation (SIGCONT). */
    void thaw() {
        Service.signal(process, "CONT");
    }

    /** What it has printed. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            api.close();
        }
    }

    private static List<String> command() {
        if (isNative()) return List.of(bootstrap().toString());
        String runtime = RUNTIME.stream().map(LambdaFunction::jarOf).distinct().collect(Collectors.joining(":"));
        // Unpacked once: left to itself, every process writes it to the same place in /tmp under the others' feet.
        Path library = LIBRARY.toAbsolutePath();
        // Heap and compiler as the Java runtimes of Lambda set them for 1 GB.
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx880m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + library,
                "-cp",
                runtime,
                RUNTIME.get(0),
                HANDLER));
    }

    private static String jarOf(String type) {
        try {
            return Path.of(Class.forName(type)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized Path task() {
        Path task = TASK.toAbsolutePath();
        try {
            Path mark = task.resolveSibling("task.of");
            String of = String.valueOf(Files.getLastModifiedTime(ZIP).toMillis());
            if (Files.exists(mark) && Files.readString(mark).equals(of)) return task;
            if (Files.exists(task))
                try (Stream<Path> old = Files.walk(task)) {
                    for (Path file : old.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
                }
            unzip(task);
            if (!isIn(task)) unpackLibrary();
            Files.writeString(mark, of);
            return task;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Path task) {
        return Files.exists(task.resolve("bootstrap"));
    }

    private static void unpackLibrary() throws IOException {
        Files.createDirectories(LIBRARY.getParent());
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String name = "/jni/libaws-lambda-jni.linux-" + processor + ".so";
        try (InputStream in = Class.forName(RUNTIME.get(0)).getResourceAsStream(name)) {
            Files.copy(in, LIBRARY, StandardCopyOption.REPLACE_EXISTING);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unzip(Path to) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(ZIP).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                Path file = to.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                // The build names some classes twice.
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
                // As the package says: Lambda does not start what may not be executed.
                if ((entry.getUnixMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true))
                    throw new IOException(file + "");
            }
        }
    }

    /** What a front door makes of a response (payload format 2.0). */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer of(JsonPath response) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Map<String, String> sent = response.getMap("headers");
            if (sent != null) headers.putAll(sent);
            String body = response.getString("body");
            byte[] bytes = body == null
                    ? new byte[0]
                    : response.getBoolean("isBase64Encoded")
                            ? Base64.getDecoder().decode(body)
                            : body.getBytes(StandardCharsets.UTF_8);
            return new Answer(response.getInt("statusCode"), headers, bytes);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonPath json() {
            return JsonPath.from(text());
        }

        /** Itself, if it has that status. */
        Answer with(int expected) {
            if (status != expected) throw new AssertionError(expected + " expected, not " + status + ": " + text());
            return this;
        }
    }
}
