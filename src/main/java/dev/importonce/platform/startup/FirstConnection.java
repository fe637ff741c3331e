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
 * arrives: if an instance is started for a request, the request need not wait for the start and then for the connection.
 */
@Singleton
class FirstConnection {
    /**
     * Runs before other start-up code: a caller that finds no connection would make the pool open a second one, after the
     * first.
     */
    void open(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started,
            AgroalDataSource dataSource) {
        // The pool starts at its first use.
        dataSource.getConfiguration();
        HandoverQueue.install(dataSource);
    }
}
