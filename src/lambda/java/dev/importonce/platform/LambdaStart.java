package dev.importonce.platform;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses what {@link LambdaMain} refuses where Lambda's Java runtime starts the handler and no main runs: a door without a lock. */
@ApplicationScoped
class LambdaStart {
    void check(@Observes @Priority(1) StartupEvent started) {
        Settings.read();
    }
}
