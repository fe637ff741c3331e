package dev.importonce.platform;

import io.quarkus.runtime.QuarkusApplication;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** {@code migrate}: brings the schema up to date and ends. */
public class Migrate implements QuarkusApplication {
    private final Flyway flyway;

    /** @param flyway of the configured database */
    public Migrate(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public int run(String... args) {
        MigrateResult result = flyway.migrate();
        System.out.println("Schema is at version " + result.targetSchemaVersion + ", " + result.migrationsExecuted
                + " migrations run.");
        return 0;
    }
}
