package dev.importonce.platform;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Lets Flyway read files with Supabase's names, {@code <14 digits>_<verb>_<noun>.sql}, and apply them also to a database
 * that has tables already: each file checks what exists.
 */
@Singleton
public class MigrationFiles implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration configuration) {
        configuration
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }
}
