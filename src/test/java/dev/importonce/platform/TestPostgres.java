package dev.importonce.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A database of its own for each start of the application, on one server per test run: an embedded one, or the one
 * whose JDBC URL (of a user who may create databases) is in the system property {@code importonce.test.jdbc-url}.
 */
public class TestPostgres implements QuarkusTestResourceLifecycleManager {
    private static String serverUrl;

    private String database;

    @Override
    public Map<String, String> start() {
        database = newDatabase();
        return settings(
                database,
                Map.of(
                        "importonce.auth", "none",
                        "importonce.migrate-at-start", "true",
                        "quarkus.flyway.migrate-at-start", "true"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Database(database), new TestInjector.MatchesType(Database.class));
    }

    @Override
    public void stop() {
        // The database goes with the embedded server; on an external one it is left for a look at what failed.
    }

    /** These settings of an application, and those that lead it to the database. */
    public static Map<String, String> settings(String jdbcUrl, Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.putAll(PgBouncer.settings(jdbcUrl));
        return settings;
    }

    /** JDBC URL of an empty database, for the test itself: it leads past any pooler. */
    public static synchronized String newDatabase() {
        if (serverUrl == null) serverUrl = startServer();
        PgBouncer.inFrontOf(serverUrl);
        String name = "importonce_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(serverUrl)) {
            connection.createStatement().execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return serverUrl.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    }

    /** A server of one's own, to be crashed: its JDBC URL is that of a new database. */
    public static EmbeddedPostgres ownServer() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    // Else the library switches off what a crash is about.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            PgBouncer.inFrontOf(url(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startServer() {
        String external = System.getProperty("importonce.test.jdbc-url", "");
        if (!external.isEmpty()) return external;
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
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
