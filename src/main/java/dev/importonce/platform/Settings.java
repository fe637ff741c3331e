package dev.importonce.platform;

import dev.importonce.postgres.EarlyConnection;
import dev.importonce.queue.QueueConfig;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Decides by the settings what to start, before anything runs.
 *
 * @param embedded whether to start the embedded PostgreSQL
 * @param open whether callers need no token
 * @param command the command; only {@link Command#SERVE} listens and does work
 * @param given the settings that somebody has made
 */
public record Settings(boolean embedded, boolean open, Command command, Path dataDir, Config given) {
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String USERNAME = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String HTTP_HOST = "quarkus.http.host";
    private static final String HTTP_PORT = "quarkus.http.port";
    private static final String MIGRATE_AT_START = "importonce.migrate-at-start";
    private static final String TRANSACTION_TIMEOUT = "quarkus.transaction-manager.default-transaction-timeout";
    private static final String LOOPBACK = "127.0.0.1";

    /** Time limit of a call's transaction in leases, the same as for a chunk's. */
    private static final int MOST_LEASES = 2;

    /** Lower bound of that time limit: short leases must not shorten the transactions of calls. */
    private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(1);

    /** The library's setting for configuration files; Quarkus has another name for it. */
    private static final String LOCATIONS = "smallrye.config.locations";

    private static final String QUARKUS_LOCATIONS = "${quarkus.config.locations:}";

    /** The ordinal that Quarkus gives this file. */
    private static final int FILE_ORDINAL = 260;

    static Settings read(String... args) {
        Config config = whatIsGiven();
        Addresses.check(config);
        Command command = Command.of(List.of(args));
        boolean embedded = text(config, JDBC_URL).isEmpty();
        if (embedded && ImageMode.current().isNativeImage())
            throw new CannotStart("This program brings no PostgreSQL of its own: set QUARKUS_DATASOURCE_JDBC_URL"
                    + " (jdbc:postgresql://host:5432/database), QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD; any PostgreSQL from 15 to 18 will do."
                    + " The Java package (java -jar quarkus-run.jar) starts one by itself.");
        boolean authenticated = text(config, "supabase.jwt-secret").isPresent()
                || text(config, "supabase.jwks-url").isPresent();
        boolean none = text(config, "importonce.auth").filter("none"::equals).isPresent();
        if (!embedded && !authenticated && !none && command == Command.SERVE)
            throw new CannotStart(
                    "With an external database (QUARKUS_DATASOURCE_JDBC_URL) set SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL,"
                            + " or set IMPORTONCE_AUTH=none to let anyone on this machine in.");
        Path dataDir = text(config, "importonce.data-dir").map(Path::of).orElseGet(Settings::userDataDir);
        return new Settings(embedded, !authenticated, command, dataDir, config);
    }

    /**
     * The settings that somebody has made, in the order of Quarkus: system properties, environment, {@code .env}, files
     * named by {@code QUARKUS_CONFIG_LOCATIONS}, {@code config/application.properties}. Before Quarkus runs, a native
     * binary's own configuration is still that of its build.
     */
    private static Config whatIsGiven() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withDefaultValue(LOCATIONS, QUARKUS_LOCATIONS)
                .withSources(new DotEnvConfigSourceProvider())
                .withSources(new PropertiesLocationConfigSourceFactory());
        Path file = Path.of("config", "application.properties");
        try {
            if (Files.isReadable(file))
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            return builder.build();
        } catch (IOException e) {
            throw new CannotStart("The settings in " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Passes the resulting configuration to Quarkus by {@link DecidedSettings}. */
    void apply(EmbeddedDatabase own) {
        if (embedded) {
            DecidedSettings.set(JDBC_URL, own.jdbcUrl());
            DecidedSettings.set(USERNAME, Passwords.SERVICE);
            DecidedSettings.set(PASSWORD, own.password());
        }
        boolean local = embedded && open;
        boolean migrate = command == Command.SERVE
                ? text(given, MIGRATE_AT_START).map(Boolean::parseBoolean).orElse(local)
                // Other commands use a database as it is; the embedded one belongs to this service, which migrates
                // it.
                : local && command != Command.MIGRATE;
        DecidedSettings.set("quarkus.flyway.migrate-at-start", String.valueOf(migrate));
        // Otherwise Flyway searches its migrations at each start without applying them.
        DecidedSettings.set("quarkus.flyway.active", String.valueOf(migrate || command == Command.MIGRATE));
        if (command != Command.SERVE) {
            DecidedSettings.set("quarkus.http.host-enabled", "false");
            DecidedSettings.set("quarkus.log.console.stderr", "true");
            DecidedSettings.set("importonce.workers", "0");
            DecidedSettings.set("importonce.targets", "");
            // Commands have no time limit, since no lease and no caller depends on them.
            DecidedSettings.set(TRANSACTION_TIMEOUT, "0S");
            return;
        }
        DecidedSettings.set(TRANSACTION_TIMEOUT, transactionTimeout().toString());
        String host = local ? LOOPBACK : text(given, HTTP_HOST).orElse(open ? LOOPBACK : "0.0.0.0");
        DecidedSettings.set(HTTP_HOST, host);
        refuseTakenPort(host, text(given, HTTP_PORT).map(Integer::parseInt).orElse(8080));
    }

    /** Derived from the lease: with two independent time-outs the shorter one would take effect. */
    private Duration transactionTimeout() {
        Duration lease =
                DurationConverter.parseDuration(text(given, "importonce.lease").orElse(QueueConfig.DEFAULT_LEASE));
        Duration most = lease.multipliedBy(MOST_LEASES);
        return most.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : most;
    }

    /**
     * Connects while Quarkus starts. If user and password are not set here, another source may provide them, and then this
     * connection is not used.
     */
    void connect(EmbeddedDatabase own) {
        if (embedded) EarlyConnection.begin(own.jdbcUrl(), Passwords.SERVICE, own.password());
        else
            EarlyConnection.begin(
                    text(given, JDBC_URL).orElseThrow(),
                    text(given, USERNAME).orElse(null),
                    text(given, PASSWORD).orElse(null));
    }

    private static void refuseTakenPort(String host, int port) {
        if (port == 0) return;
        // Only for a clear error message: the server's own bind decides. This socket does not listen, since it would
        // cut off a caller.
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new CannotStart("Port " + port + " on " + host + " is taken; set QUARKUS_HTTP_PORT to a free one.");
        }
    }

    private static Optional<String> text(Config config, String name) {
        return config.unwrap(SmallRyeConfig.class)
                .getOptionalValue(name, String.class)
                .filter(value -> !value.isBlank());
    }

    private static Path userDataDir() {
        Path home = Path.of(System.getProperty("user.home"));
        String os = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        if (os.contains("win") && !os.contains("darwin"))
            return Path.of(Optional.ofNullable(System.getenv("LOCALAPPDATA")).orElse(home.toString()), "ImportOnce");
        if (os.contains("mac")) return home.resolve("Library/Application Support/ImportOnce");
        return Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
                .filter(dir -> !dir.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".local/share"))
                .resolve("importonce");
    }
}
