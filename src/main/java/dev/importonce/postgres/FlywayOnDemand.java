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
 * Creates Flyway only when something is to be migrated: Quarkus creates it at each start, even if {@code
 * quarkus.flyway.active} is false, and creating it allocates a megabyte and searches for plug-ins.
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
