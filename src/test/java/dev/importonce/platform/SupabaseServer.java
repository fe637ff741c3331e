package dev.importonce.platform;

import dev.importonce.fixture.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A server with the roles of Supabase's, and databases on it in the shapes that people come with. */
public final class SupabaseServer {
    /** What is in a database before the first migration. */
    public enum Shape {
        EMPTY(),
        SUPABASE("project"),
        LEGACY("project", "legacy"),
        FIRST_FIX("project", "legacy", "first_fix");

        private final List<String> scripts;

        Shape(String... scripts) {
            this.scripts = List.of(scripts);
        }
    }

    /** Who migrates, as postgres does on Supabase: no superuser. */
    public static final String PROJECT = "project";

    private static final Path FILES = Path.of("supabase-compat");
    private static SupabaseServer newest;
    private static Optional<SupabaseServer> oldest;

    private final String url;

    private SupabaseServer(String url) {
        this.url = url;
        execute(new Database(url), resource("roles"));
        PgBouncer.inFrontOf(url);
    }

    /** The version that local mode runs. */
    public static synchronized SupabaseServer newest() {
        if (newest == null) {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("wal_level", "logical")
                        .start();
                newest = new SupabaseServer(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return newest;
    }

    /** The oldest version that is installed, 15 on Debian 12; empty where there is none. */
    static synchronized Optional<SupabaseServer> oldest() {
        if (oldest == null) oldest = InstalledPostgres.start().map(SupabaseServer::new);
        return oldest;
    }

    /** A new database of that shape, not migrated: its superuser's connection. */
    public Database database(Shape shape) {
        String name = "importonce_" + UUID.randomUUID().toString().replace("-", "");
        new Database(url).update("create database " + name + " owner " + PROJECT);
        Database database = new Database(url.replaceFirst("/postgres[?]", "/" + name + "?"));
        execute(database, "alter schema public owner to " + PROJECT);
        for (String script : shape.scripts)
            execute(script.equals("project") ? database : as(database, PROJECT), resource(script));
        return database;
    }

    /** The same database for another user; everybody is trusted. */
    public static Database as(Database database, String user) {
        return new Database(database.url().replaceFirst("user=\\w+", "user=" + user));
    }

    /** Applies the files as Supabase's command line does: in order, each in a transaction of its own. */
    public static void migrate(Database database) {
        execute(
                as(database, PROJECT),
                migrations().stream().map(SupabaseServer::read).toArray(String[]::new));
    }

    /** Has the service's own role made, with its rights in that database. */
    public static void createServiceRole(Database database) {
        execute(as(database, PROJECT), read(FILES.resolve("create_service_role.sql")));
    }

    /** Has the owner of a table let the service import into it, or only read it. */
    public static void allowTarget(Database database, String table, boolean reads) {
        String settings = "set importonce.target = '%s'; set importonce.access = '%s'; "
                .formatted(table.replace("'", "''"), reads ? "read" : "");
        execute(as(database, PROJECT), settings + script("allow_target.sql"));
    }

    static List<Path> migrations() {
        try (Stream<Path> files = Files.list(FILES.resolve("migrations"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the scripts beside the migrations. */
    static String script(String name) {
        return read(FILES.resolve(name));
    }

    /** Runs whole files in a session of their own, each in one transaction. */
    static void execute(Database database, String... files) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (String sql : files) {
                connection.createStatement().execute(sql);
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = SupabaseServer.class.getResourceAsStream("/supabase/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
