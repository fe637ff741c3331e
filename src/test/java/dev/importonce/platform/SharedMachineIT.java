package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Service;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local mode on a machine that other people work on, too. */
class SharedMachineIT {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void of_the_java_package_where_files_have_modes() {
        assumeFalse(Service.isNative());
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        data = folder.resolve("data");
    }

    @Test
    void others_cannot_read_its_folder_or_enter_without_a_password() throws Exception {
        try (Service service = start()) {
            assertTrue(service.process().isAlive());
            assertClosed();
            assertNobodyGetsInWithoutPassword();
            assertEquals(
                    "",
                    as("postgres", "postgres")
                            .rows("show unix_socket_directories")
                            .get(0)
                            .get(0));
        }
    }

    @Test
    void the_service_may_start_no_program_and_reads_no_file() throws Exception {
        try (Service service = start()) {
            given().get(service.base() + "/api/contacts").then().statusCode(200);
            Database postgres = as("postgres", "postgres");
            assertEquals(
                    List.of(List.of(Passwords.SERVICE)),
                    postgres.rows(
                            "select distinct usename::text from pg_stat_activity where application_name = 'importonce'"));
            Database own = as(Passwords.SERVICE, "postgres");
            for (String copy : List.of("to program 'true'", "to '/tmp/importonce-copied'"))
                assertEquals("42501", refusal(() -> own.update("copy (select 1) " + copy)));
            assertEquals("42501", refusal(() -> own.update("alter role postgres password 'x'")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_folder_of_the_version_before_is_mended_and_keeps_its_data(boolean killed) throws Exception {
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.createFile(
                data.resolve("importonce.lock"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        EmbeddedPostgres before = EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("postgresql"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .start();
        String url = before.getJdbcUrl("postgres", "postgres");
        String contact =
                "insert into contacts (id, org_id, email) values (gen_random_uuid(), ?, 'kept@shared.example')";
        assertEquals(0, migrate(url));
        new Database(url).update(contact, dev.importonce.identity.Caller.LOCAL_USER);
        // Somebody is still connected, which must not keep the old server from ending.
        Connection connected = DriverManager.getConnection(url);
        if (!killed) {
            connected.close();
            before.close();
        }
        try (Service service = start()) {
            assertThrows(
                    SQLException.class, () -> DriverManager.getConnection(url).close());
            assertEquals(
                    List.of("kept@shared.example"),
                    given().get(service.base() + "/api/contacts").path("items.email"));
            assertClosed();
            assertNobodyGetsInWithoutPassword();
            assertEquals(
                    0,
                    as("postgres", "postgres")
                            .count("select count(*) from pg_class where relnamespace = 'public'::regnamespace"
                                    + " and relowner = 'postgres'::regrole"));
        }
        connected.close();
    }

    @Test
    void programs_that_were_replaced_or_joined_do_not_run() throws Exception {
        start().close();
        Path programs = onlyFolderIn(data.resolve("programs"));
        Path ran = folder.resolve("ran");
        Path server = programs.resolve("bin/postgres");
        String foreign = "#!/bin/sh\ntouch " + ran + "\nexec sleep 1\n";
        Files.writeString(server, foreign);
        Path library = programs.resolve("lib/libpq.so.5.18");
        long size = Files.size(library);
        Files.write(library, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(programs.resolve("lib/libevil.so"), "x");

        start().close();

        assertFalse(Files.exists(ran), "it has run");
        assertNotEquals(foreign.length(), Files.size(server));
        assertEquals(size, Files.size(library));
        assertFalse(Files.exists(programs.resolve("lib/libevil.so")));
    }

    @Test
    void programs_in_a_folder_that_was_open_are_unpacked_again() throws Exception {
        start().close();
        Path server = onlyFolderIn(data.resolve("programs")).resolve("bin/postgres");
        Object before = Files.getAttribute(server, "unix:ino");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        start().close();

        assertNotEquals(before, Files.getAttribute(server, "unix:ino"), "whoever has opened the file may write to it");
        assertClosed();
    }

    @Test
    void passwords_stay_and_lost_ones_are_set_again() throws Exception {
        start().close();
        String first = Files.readString(data.resolve("pgpass"));
        start().close();
        assertEquals(first, Files.readString(data.resolve("pgpass")));

        Files.delete(data.resolve("pgpass"));

        try (Service service = start()) {
            given().get(service.base() + "/api/contacts").then().statusCode(200);
            assertNotEquals(first, Files.readString(data.resolve("pgpass")));
            assertNobodyGetsInWithoutPassword();
        }
    }

    @Test
    void a_folder_of_somebody_else_is_refused_in_one_sentence() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder to somebody else");
        Files.createDirectory(data);
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        Service service = Service.launch(Map.of("IMPORTONCE_DATA_DIR", data.toString()), Service.freePort());

        assertEquals(1, service.exitCode(), service::output);
        assertEquals(1, service.output().strip().lines().count(), service.output());
        assertTrue(service.output().contains("belongs to nobody"), service.output());
    }

    private Service start() {
        return Service.start(Map.of("IMPORTONCE_DATA_DIR", data.toString()));
    }

    private static int migrate(String url) {
        Service migrate = Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", url), Service.freePort(), "migrate");
        return migrate.exitCode();
    }

    private void assertClosed() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            List<Path> open = all.filter(path -> !Files.isSymbolicLink(path))
                    .filter(SharedMachineIT::isOpen)
                    .toList();
            assertEquals(List.of(), open);
        }
    }

    private static boolean isOpen(Path path) {
        try {
            return !OWNERS.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (java.nio.file.NoSuchFileException e) {
            // The server's, and gone meanwhile.
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertNobodyGetsInWithoutPassword() throws Exception {
        String access = Files.readString(data.resolve("postgresql/pg_hba.conf"));
        assertFalse(access.contains("trust"), access);
        for (String user : List.of("postgres", Passwords.SERVICE))
            for (String database : List.of("postgres", "template1")) {
                assertEquals("08004", refusal(() -> connect(user, database, null)));
                assertEquals("28P01", refusal(() -> connect(user, database, "x")));
                connect(user, database, password(user));
            }
        Properties replication = new Properties();
        replication.setProperty("user", "postgres");
        replication.setProperty("password", "x");
        replication.setProperty("replication", "database");
        assertEquals("28P01", refusal(() -> DriverManager.getConnection(address("postgres"), replication)
                .close()));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable attempt) {
        Throwable thrown = assertThrows(Exception.class, attempt);
        while (!(thrown instanceof SQLException) && thrown.getCause() != null) thrown = thrown.getCause();
        return ((SQLException) thrown).getSQLState();
    }

    private void connect(String user, String database, String password) throws SQLException, IOException {
        DriverManager.getConnection(address(database), user, password).close();
    }

    /** That database, as a user with the password from the file. */
    private Database as(String user, String database) throws IOException {
        return new Database(address(database) + "?user=" + user + "&password=" + password(user));
    }

    private String password(String user) throws IOException {
        String start = "*:*:*:" + user + ":";
        return Files.readAllLines(data.resolve("pgpass")).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
    }

    /** Line 4 of postmaster.pid is the server's port. */
    private String address(String database) throws IOException {
        String port =
                Files.readAllLines(data.resolve("postgresql/postmaster.pid")).get(3);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static Path onlyFolderIn(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            List<Path> all = folders.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }
}
