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
        System.out.println(migrate(flyway));
        return 0;
    }

    /** Migrates, and returns a sentence about the result. */
    static String migrate(Flyway flyway) {
        MigrateResult result = flyway.migrate();
        // Flyway's result has the version only if it has changed.
        return "Schema is at version " + flyway.info().current().getVersion() + ", " + result.migrationsExecuted
                + " migrations run.";
    }
}
