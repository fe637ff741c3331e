package dev.importonce.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A database of its own for each start of the application, on one server per test run: an embedded one, or the one
 * whose JDBC URL (of a user who may create databases) is in the system property {@code importonce.test.jdbc-url}.
 */
public class TestPostgres implements QuarkusTestResourceLifecycleManager {
    private static String serverUrl;
    private static String template;

    private String database;

    @Override
    public Map<String, String> start() {
        database = newDatabase();
        return settings(database);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Database(database), new TestInjector.MatchesType(Database.class));
    }

    @Override
    public void stop() {
        // The database goes with the embedded server; on an external one it is left for a look at what failed.
    }

    /** Settings of an application that prepares that database at its start and needs no sign-in. */
    static Map<String, String> settings(String jdbcUrl) {
        return settings(
                jdbcUrl,
                Map.of(
                        "importonce.auth", "none",
                        "importonce.migrate-at-start", "true",
                        "quarkus.flyway.migrate-at-start", "true"));
    }

    /** These settings of an application, and those that lead it to the database. */
    public static Map<String, String> settings(String jdbcUrl, Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.putAll(PgBouncer.settings(jdbcUrl));
        return settings;
    }

    /** JDBC URL of an empty database (or a {@link Partitioned} one), for the test itself: it leads past any pooler. */
    public static synchronized String newDatabase() {
        if (serverUrl == null) serverUrl = startServer();
        PgBouncer.inFrontOf(serverUrl);
        if (!Partitioned.WANTED) return create(serverUrl, "");
        if (template == null) {
            String url = create(serverUrl, "");
            Partitioned.cut(new Database(url));
            template = name(url);
        }
        return create(serverUrl, " template " + template);
    }

    private static String create(String server, String like) {
        String name = "importonce_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(server)) {
            connection.createStatement().execute("create database " + name + like);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    }

    private static String name(String url) {
        return url.replaceFirst("jdbc:postgresql://[^/]+/([^?]*).*", "$1");
    }

    /** A server of one's own, to be crashed: its JDBC URL is that of a new database. */
    public static EmbeddedPostgres ownServer() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "400")
                    // Else the library switches off what a crash is about.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            PgBouncer.inFrontOf(url(server));
            if (Partitioned.WANTED) Partitioned.cut(new Database(url(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server as a power cut would and starts it again: back when it has recovered and takes connections. */
    public static void crash(EmbeddedPostgres server) {
        try (Connection connection = DriverManager.getConnection(url(server))) {
            Path data = Path.of(setting(connection, "data_directory"));
            // What it was started with, the program first: "/…/bin/postgres" "-D" …
            String program = Files.readString(data.resolve("postmaster.opts"))
                    .split(" ")[0]
                    .replace("\"", "");
            List<String> command = new ArrayList<>();
            // PostgreSQL refuses to run as root, so the library starts it in a user namespace, too.
            if ("root".equals(System.getProperty("user.name"))) command.addAll(List.of("unshare", "-U"));
            command.add(Path.of(program).resolveSibling("pg_ctl").toString());
            command.addAll(List.of("-D", data.toString(), "-m", "immediate", "-w", "-t", "300", "restart"));
            Process restart = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (restart.waitFor() != 0) throw new IllegalStateException("pg_ctl ended with " + restart.exitValue());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String startServer() {
        String external = System.getProperty("importonce.test.jdbc-url", "");
        if (!external.isEmpty()) return external;
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "400")
                    .start();
            return url(postgres);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(EmbeddedPostgres server) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }
}
