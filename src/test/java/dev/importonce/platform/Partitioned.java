package dev.importonce.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * With {@code -Dimportonce.test.partitioned}: databases are migrated before the application sees them, and their tables are
 * hash-partitioned by what would distribute them.
 */
public final class Partitioned {
    /** For tests that cannot hold then, each with its reason: {@code @DisabledIfSystemProperty}. */
    public static final String PROPERTY = "importonce.test.partitioned";

    /** Whether databases of tests are to be cut. */
    public static final boolean WANTED = Boolean.getBoolean(PROPERTY);

    private Partitioned() {}

    /** Migrates an empty database and cuts its tables. */
    static void cut(Database database) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(database.url(), null, null)
                .locations("classpath:db/migration", "classpath:db/callback");
        new MigrationFiles().customize(configuration);
        configuration.load().migrate();
        try {
            database.update(Files.readString(Path.of("deploy/citus/partitioned.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
