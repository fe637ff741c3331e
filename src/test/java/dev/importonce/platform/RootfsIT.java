package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Ended;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the images hold, started as an engine would: as nobody, with a read-only root and little memory. */
class RootfsIT {
    private static final long PATIENCE = 120;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String MAPPING = "{\"target\":\"contacts\",\"fields\":{\"email\":\"E-mail\"}}";

    @ParameterizedTest
    @CsvSource({"native, 128, large", "jvm, 128, small", "jvm, 256, large"})
    void the_image_migrates_starts_imports_and_ends_in_little_memory(String kind, long memory, String imports)
            throws Exception {
        Path root = made(kind);
        String database = TestPostgres.newDatabase();
        Map<String, String> settings = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database,
                "IMPORTONCE_AUTH",
                "none",
                "QUARKUS_HTTP_PORT",
                String.valueOf(Service.freePort())));
        settings.put("MEMORY", String.valueOf(memory << 20));
        // A cache that does not fit is an error then, and not only a slow start.
        if (kind.equals("jvm")) settings.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");

        Ended migrated = Ended.of(settings, command(kind, root, "migrate"));
        assertEquals(0, migrated.code(), migrated.output());
        assertTrue(migrated.output().contains("migrations run."), migrated::output);

        settings.putAll(Map.of("QUARKUS_DATASOURCE_JDBC_URL", PgBouncer.url(database)));
        Path output = Files.createTempFile("importonce", ".log");
        Process process = start(settings, output, command(kind, root));
        try {
            String base = "http://127.0.0.1:" + settings.get("QUARKUS_HTTP_PORT");
            await(process, output, base + "/q/health/ready", "UP");
            assertLockedIn(process);
            String job = send(HttpRequest.newBuilder(URI.create(
                            base + "/api/migrations/run?mapping=" + URLEncoder.encode(MAPPING, StandardCharsets.UTF_8)))
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofString("E-mail\nann@example.com\nbob@example.com\n"))
                    .build());
            String id = job.replaceFirst(".*\"jobId\":\"([^\"]+)\".*", "$1");
            String done = await(process, output, base + "/api/migrations/" + id, "\"status\":\"completed\"");
            assertTrue(done.contains("\"inserted\":2"), done);
            if (imports.equals("large")) {
                // Enough to be put into a file: nothing but /tmp can be written to.
                String packed =
                        await(process, output, base + "/api/migrations/" + packed(base), "\"status\":\"completed\"");
                assertTrue(packed.contains("\"inserted\":" + ROWS), packed);
            }
            System.out.println(kind + " image: " + megabytes(root) + " MB on disk; of " + memory
                    + " MB of memory at most " + most(process));

            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still runs");
            assertTrue(List.of(0, 143).contains(process.exitValue()), () -> "ended with " + process.exitValue());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_image_says_what_it_lacks_when_it_is_given_no_database() {
        Ended ended = Ended.of(Map.of("QUARKUS_HTTP_PORT", "0"), command("jvm", made("jvm")));
        assertEquals(1, ended.code(), ended.output());
        assertFalse(ended.output().contains("\tat "), ended::output);
    }

    private static final int ROWS = 60_000;

    /** A gzipped file of over 8 MB: its job's id. */
    private static String packed(String base) throws Exception {
        Path file = Files.createTempFile("importonce", ".csv.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("E-mail,Note\n".getBytes(StandardCharsets.UTF_8));
            String note = "n".repeat(150);
            for (int i = 0; i < ROWS; i++)
                out.write(("packed" + i + "@example.com," + note + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String job = send(HttpRequest.newBuilder(URI.create(
                        base + "/api/migrations/run?mapping=" + URLEncoder.encode(MAPPING, StandardCharsets.UTF_8)))
                .header("Content-Type", "application/gzip")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build());
        Files.delete(file);
        return job.replaceFirst(".*\"jobId\":\"([^\"]+)\".*", "$1");
    }

    /** As the process itself sees it. */
    private static void assertLockedIn(Process process) throws IOException {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        Map<String, String> status = new HashMap<>();
        Files.readAllLines(proc.resolve("status")).forEach(line -> status.put(line.split(":")[0], line));
        assertEquals("Uid:\t65532\t65532\t65532\t65532", status.get("Uid"));
        assertEquals("Groups:", status.get("Groups").strip());
        assertEquals("CapPrm:\t0000000000000000", status.get("CapPrm"));
        assertEquals("CapEff:\t0000000000000000", status.get("CapEff"));
        assertEquals("NoNewPrivs:\t1", status.get("NoNewPrivs"));
        List<String> mounts = Files.readAllLines(proc.resolve("mounts"));
        assertTrue(
                mounts.stream().anyMatch(line -> line.split(" ")[1].equals("/") && line.split(" ")[3].startsWith("ro")),
                mounts::toString);
        assertTrue(mounts.stream().anyMatch(line -> line.split(" ")[1].equals("/tmp")), mounts::toString);
    }

    /** Makes it, once per run. */
    private static Path made(String kind) {
        if (!"root".equals(System.getProperty("user.name")))
            Ended.skip("the images; only root may start them without an engine");
        if (kind.equals("native") && !binary())
            Ended.skip("the native image; there is no target/*-runner (./mvnw package -Dnative)");
        if (kind.equals("jvm") && !madeForCache())
            Ended.skip("the JVM image; build with -Dquarkus.package.jar.type=aot-jar");
        Path root = Path.of("target/rootfs-" + kind).toAbsolutePath();
        return MADE.computeIfAbsent(kind, any -> {
            String jdk = jdk25();
            if (kind.equals("jvm") && jdk == null) Ended.skip("the JVM image; there is no JDK 25 here");
            Ended made = Ended.of(
                    jdk == null ? Map.of() : Map.of("JAVA_HOME", jdk),
                    "deploy/container/rootfs.sh",
                    kind,
                    root.toString());
            assertEquals(0, made.code(), made.output());
            System.out.println(made.output());
            return root;
        });
    }

    private static final Map<String, Path> MADE = new HashMap<>();

    /** An AOT cache knows only classes that the JVM's own class loader has loaded: another packaging. */
    private static boolean madeForCache() {
        try (JarFile jar = new JarFile("target/quarkus-app/quarkus-run.jar")) {
            return jar.getManifest().getMainAttributes().getValue("Main-Class").endsWith("AotQuarkusEntryPoint");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean binary() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.anyMatch(file -> file.toString().endsWith("-runner"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The one that runs the tests, that of JAVA25_HOME, or one where Debian puts them. */
    private static String jdk25() {
        List<Path> candidates = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        if (System.getenv("JAVA25_HOME") != null) candidates.add(Path.of(System.getenv("JAVA25_HOME")));
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            installed.sorted().forEach(candidates::add);
        } catch (IOException e) {
            // None there.
        }
        return candidates.stream()
                .filter(home -> Files.isExecutable(home.resolve("bin/jlink")))
                .filter(home -> {
                    try {
                        return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
                    } catch (IOException e) {
                        return false;
                    }
                })
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    private static String[] command(String kind, Path root, String... arguments) {
        return Stream.concat(Stream.of("deploy/container/run.sh", kind, root.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private static Process start(Map<String, String> settings, Path output, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static String await(Process process, Path output, String address, String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        String answer = "";
        while (!answer.contains(part)) {
            if (!process.isAlive() || System.nanoTime() > deadline)
                throw new AssertionError(answer + "\n" + Files.readString(output));
            try {
                answer = send(HttpRequest.newBuilder(URI.create(address)).build());
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        return answer;
    }

    private static String send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static long megabytes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    >> 20;
        }
    }

    /** Of memory, by its control group where it has one. */
    private static String most(Process process) throws IOException {
        String group = "importonce-run-" + process.pid();
        for (Path file : List.of(
                Path.of("/sys/fs/cgroup", group, "memory.peak"),
                Path.of("/sys/fs/cgroup/memory", group, "memory.max_usage_in_bytes")))
            if (Files.exists(file))
                return (Long.parseLong(Files.readString(file).strip()) >> 20) + " MB";
        return "unknown";
    }
}
