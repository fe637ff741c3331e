package dev.importonce.platform;

import dev.importonce.postgres.Sql;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Opens the first connection while the rest of the service starts and the first request streams in: an instance that is
 * started because somebody asks for something makes nobody wait twice.
 */
@ApplicationScoped
class FirstConnection {
    private static final Logger LOG = Logger.getLogger(FirstConnection.class);

    private final Sql sql;

    FirstConnection(Sql sql) {
        this.sql = sql;
    }

    void open(@Observes StartupEvent started) {
        Thread thread = new Thread(this::ask, "importonce-first-connection");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try {
            sql.one("select 1", row -> row);
        } catch (RuntimeException e) {
            // Whoever needs the database is told; that it was not there yet is no news to anybody else.
            LOG.debugf("no first connection: %s", e.getMessage());
        }
    }
}
