package dev.importonce.platform.startup;

import dev.importonce.postgres.HandoverQueue;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Lets the pool open its first connection ({@code initial-size}) while the rest of the service starts and the first request
 * streams in: an instance that is started because somebody asks for something makes nobody wait twice.
 */
@Singleton
class FirstConnection {
    /** Before others start: a caller who finds no connection opens one more, behind the first. */
    void open(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started,
            AgroalDataSource dataSource) {
        // A pool begins with the first use of it.
        dataSource.getConfiguration();
        HandoverQueue.install(dataSource);
    }
}
