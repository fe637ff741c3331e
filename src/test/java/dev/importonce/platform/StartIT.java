package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting the packaged application as a new user does, and everything that can be wrong then. */
class StartIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void a_native_binary_without_a_database_says_what_to_set() {
        assumeTrue(Service.isNative());
        assertOneSentence(Service.launch(Map.of(), Service.freePort()), "QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    void local_mode_keeps_its_data_between_runs_also_after_a_kill() throws Exception {
        assumeFalse(Service.isNative());
        Map<String, String> environment = Map.of("IMPORTONCE_DATA_DIR", folder.toString());
        Service first = Service.start(environment);
        assertEquals(202, importOne(first));
        awaitContacts(first);
        // What SIGKILL leaves behind: a PostgreSQL without its service.
        first.process().destroyForcibly().waitFor();

        try (Service second = Service.start(environment)) {
            awaitContacts(second);
        }
    }

    @Test
    void a_second_process_on_the_same_folder_says_so_in_one_sentence() {
        assumeFalse(Service.isNative());
        Map<String, String> environment = Map.of("IMPORTONCE_DATA_DIR", folder.toString());
        try (Service first = Service.start(environment)) {
            Service second = Service.launch(environment, Service.freePort());
            assertOneSentence(second, "Another ImportOnce is already using");
            assertTrue(first.process().isAlive());
        }
    }

    @Test
    void a_taken_port_is_one_sentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Service service = Service.launch(
                    Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase(), "IMPORTONCE_AUTH", "none"),
                    taken.getLocalPort());
            assertOneSentence(service, "Port " + taken.getLocalPort());
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_one_sentence() throws IOException {
        assumeFalse(Service.isNative());
        // A file where a folder is needed: refused to root as well, who may write everywhere.
        Path file = Files.createFile(folder.resolve("file"));
        Service service = Service.launch(
                Map.of("IMPORTONCE_DATA_DIR", file.resolve("data").toString()), Service.freePort());
        assertOneSentence(service, "IMPORTONCE_DATA_DIR");
    }

    @Test
    void an_external_database_without_authentication_must_be_wanted() {
        Service service =
                Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase()), Service.freePort());
        assertOneSentence(service, "SUPABASE_JWT_SECRET");
    }

    @Test
    void only_with_sign_in_does_it_listen_beyond_this_machine() {
        Map<String, String> database = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase(), "IMPORTONCE_MIGRATE_AT_START", "true");
        Map<String, String> secret = new HashMap<>(database);
        secret.put("SUPABASE_JWT_SECRET", "a secret of at least thirty-two bytes");
        try (Service service = Service.start(secret)) {
            assertTrue(service.output().contains("http://0.0.0.0:"), service::output);
        }
        Map<String, String> open = new HashMap<>(database);
        open.put("IMPORTONCE_AUTH", "none");
        try (Service service = Service.start(open)) {
            assertTrue(service.output().contains("http://127.0.0.1:"), service::output);
        }
    }

    @Test
    void it_listens_on_its_port_only_even_after_transactions() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "what a process listens on is asked of Linux");
        Map<String, String> settings = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                TestPostgres.newDatabase(),
                "IMPORTONCE_MIGRATE_AT_START",
                "true",
                "IMPORTONCE_AUTH",
                "none");
        try (Service service = Service.start(settings)) {
            assertEquals(202, importOne(service));
            awaitContacts(service);
            assertEquals(
                    Set.of(URI.create(service.base()).getPort()),
                    listening(service.process().pid()));
        }
    }

    /** The ports whose listening socket is one of the process's files. */
    private static Set<Integer> listening(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    sockets.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("tcp", "tcp6"))
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "net", table))) {
                // sl, local address:port, remote, state (0A: listens), queues, timers, retransmits, user, time-out,
                // inode
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]"))
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].lastIndexOf(':') + 1), 16));
            }
        return ports;
    }

    @Test
    void the_pool_takes_the_connection_that_was_begun_before_it() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase(),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "not asked for",
                "IMPORTONCE_AUTH", "none"));
        try (Service service = Service.start(settings)) {
            assertFalse(service.output().contains("in another way"), service::output);
        }
        Path others = folder.resolve("others.properties");
        Files.writeString(others, "quarkus.datasource.jdbc.additional-jdbc-properties.tcpKeepAlive=true\n");
        settings.put("QUARKUS_CONFIG_LOCATIONS", others.toString());
        try (Service service = Service.start(settings)) {
            assertTrue(service.output().contains("in another way"), service::output);
        }
    }

    @Test
    void a_table_locked_at_the_start_delays_no_request_for_another() {
        String url = TestPostgres.newDatabase();
        Map<String, String> settings = Map.of("QUARKUS_DATASOURCE_JDBC_URL", url, "IMPORTONCE_AUTH", "none");
        migrated(settings);

        new Database(url).whileHolding("lock table sources in access exclusive mode", () -> {
            try (Service service = Service.start(settings)) {
                given().get(service.base() + "/api/contacts").then().statusCode(200);
            }
        });
    }

    @Test
    void a_setting_of_what_only_the_user_names_is_found() {
        Map<String, String> settings = new HashMap<>(
                Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase(), "IMPORTONCE_AUTH", "none"));
        migrated(settings);
        try (Service service = Service.start(settings)) {
            assertTrue(service.output().contains("Listening on"), service::output);
        }
        settings.put("QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL", "WARN");
        try (Service service = Service.start(settings)) {
            assertFalse(service.output().contains("Listening on"), service::output);
        }
    }

    @Test
    void secrets_may_lie_in_a_file_of_settings() throws IOException {
        Path file = folder.resolve("secrets.properties");
        Files.writeString(file, "supabase.jwt-secret=a secret of at least thirty-two bytes\n");
        try (Service service = Service.start(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                TestPostgres.newDatabase(),
                "IMPORTONCE_MIGRATE_AT_START",
                "true",
                "QUARKUS_CONFIG_LOCATIONS",
                file.toString()))) {
            assertTrue(service.output().contains("http://0.0.0.0:"), service::output);
        }
    }

    @Test
    @NotPartitioned("the database was migrated to be cut")
    void migrating_twice_says_the_same_version() {
        Map<String, String> database = Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase());
        String first = migrated(database);
        String second = migrated(database);
        assertTrue(first.matches("Schema is at version \\d{14}, [1-9]\\d* migrations run[.]"), first);
        assertEquals(first.replaceFirst(", .*", ", 0 migrations run."), second);
    }

    @Test
    void migrating_starts_from_a_projects_own_tables() {
        for (SupabaseServer.Shape shape : List.of(SupabaseServer.Shape.LEGACY, SupabaseServer.Shape.FIRST_FIX)) {
            Database expected = SupabaseServer.newest().database(shape);
            SupabaseServer.migrate(expected);
            Database project = SupabaseServer.newest().database(shape);
            long jobs = project.count("select count(*) from migration_jobs");
            Map<String, String> settings = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    SupabaseServer.as(project, SupabaseServer.PROJECT).url());

            String first = migrated(settings);

            int files = SupabaseServer.migrations().size();
            assertTrue(first.endsWith(", " + files + " migrations run."), first);
            assertEquals(
                    List.of(List.of("0", "BASELINE")),
                    project.rows(
                            "select version::text, type::text from flyway_schema_history where installed_rank = 1"));
            assertEquals(Catalogue.of(expected), Catalogue.of(project));
            assertEquals(jobs, project.count("select count(*) from migration_jobs"));
            assertEquals(first.replaceFirst(", .*", ", 0 migrations run."), migrated(settings));
        }
    }

    @Test
    void a_mistyped_address_is_named_and_not_shown() {
        assertUnshown("IMPORTONCE_LISTEN_URL", "postgresql://ann:hunter2@127.0.0.1:5432/postgres");
        assertUnshown("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://ann:hunter2@127.0.0.1/postgres");
    }

    private static void assertUnshown(String setting, String address) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1/postgres", "IMPORTONCE_AUTH", "none"));
        settings.put(setting, address);
        Service service = Service.launch(settings, Service.freePort());
        assertOneSentence(service, setting);
        assertFalse(service.output().contains("hunter2"), service::output);
    }

    @Test
    void a_password_of_an_address_that_leads_nowhere_is_in_no_log() {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + Service.freePort() + "/postgres?user=ann&password=hunter2";
        Map<String, String> settings = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                TestPostgres.newDatabase(),
                "IMPORTONCE_MIGRATE_AT_START",
                "true",
                "IMPORTONCE_AUTH",
                "none",
                "IMPORTONCE_LISTEN_URL",
                nowhere));
        try (Service service = Service.start(settings)) {
            given().get(service.base() + "/api/contacts").then().statusCode(200);
            assertFalse(service.output().contains("hunter2"), service::output);
        }
        settings.put("QUARKUS_FLYWAY_JDBC_URL", nowhere);
        Service unmigrated = Service.launch(settings, Service.freePort());
        assertEquals(1, unmigrated.exitCode(), unmigrated::output);
        assertFalse(unmigrated.output().contains("hunter2"), unmigrated::output);
    }

    private static String migrated(Map<String, String> database) {
        return Service.migrate(database)
                .lines()
                .filter(line -> line.startsWith("Schema"))
                .findFirst()
                .orElse("");
    }

    @Test
    void an_unknown_command_is_one_sentence() {
        assertOneSentence(Service.launch(Map.of(), Service.freePort(), "destroy"), "Unknown command");
    }

    private static void assertOneSentence(Service service, String words) {
        assertEquals(1, service.exitCode(), service::output);
        String output = service.output().strip();
        assertTrue(output.contains(words), output);
        assertEquals(1, output.lines().count(), output);
    }

    private static int importOne(Service service) throws IOException, InterruptedException {
        String mapping = "%7B%22target%22:%22contacts%22,%22fields%22:%7B%22email%22:%22email%22%7D%7D";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.base() + "/api/migrations/run?mapping=" + mapping))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("email\nann@example.com\n", StandardCharsets.UTF_8))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static void awaitContacts(Service service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.base() + "/api/contacts"))
                .build();
        for (int i = 0; i < 600; i++) {
            String contacts =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (contacts.contains("ann@example.com")) return;
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("the contact did not come: " + service.output());
    }
}
