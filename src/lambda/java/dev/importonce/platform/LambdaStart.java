package dev.importonce.platform;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Checks the settings, as {@link LambdaMain} does, when Lambda's Java runtime starts the handler and no main runs: a service
 * that is open to everybody must not start.
 */
@ApplicationScoped
class LambdaStart {
    void check(@Observes @Priority(1) StartupEvent started) {
        Settings.read();
    }
}
