package dev.importonce.postgres;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.runtime.FlywayBuildTimeConfig;
import io.quarkus.flyway.runtime.FlywayContainer;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import io.quarkus.flyway.runtime.FlywayRuntimeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes no Flyway where nothing is migrated: Quarkus makes one at each start, also while {@code quarkus.flyway.active} is
 * false, and a Flyway allocates a megabyte and looks for its plug-ins before it has done anything.
 */
@Alternative
@Priority(1)
@Singleton
class FlywayOnDemand extends FlywayContainerProducer {
    private final FlywayRuntimeConfig config;

    @Inject
    FlywayOnDemand(
            FlywayRuntimeConfig config,
            FlywayBuildTimeConfig buildConfig,
            @All List<InstanceHandle<FlywayConfigurationCustomizer>> customizers) {
        super(config, buildConfig, customizers);
        this.config = config;
    }

    @Override
    public FlywayContainer createFlyway(
            DataSource dataSource, String dataSourceName, boolean hasMigrations, boolean createPossible) {
        if (config.datasources().get(dataSourceName).active().orElse(true))
            return super.createFlyway(dataSource, dataSourceName, hasMigrations, createPossible);
        return new FlywayContainer(
                null, false, false, false, false, false, false, dataSourceName, hasMigrations, createPossible);
    }
}
