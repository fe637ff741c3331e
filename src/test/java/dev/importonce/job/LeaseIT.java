package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lease decides how long a transaction may last, whatever else has been set. */
@Timeout(180)
class LeaseIT {
    @Test
    void a_call_outlasts_a_transaction_timeout_set_by_hand() {
        Database database = new Database(TestPostgres.newDatabase());
        Map<String, String> environment = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "IMPORTONCE_AUTH", "none",
                "IMPORTONCE_WORKERS", "0",
                "QUARKUS_TRANSACTION_MANAGER_DEFAULT_TRANSACTION_TIMEOUT", "1S");
        Service.migrate(environment);
        try (Service service = Service.start(environment)) {
            byte[] csv = "email\na@example.com\n".getBytes(StandardCharsets.UTF_8);
            String mapping = "{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}}";
            AtomicReference<CompletableFuture<HttpResponse<String>>> answer = new AtomicReference<>();
            database.whileHolding("lock table sources in share mode", () -> {
                answer.set(CompletableFuture.supplyAsync(() -> Calls.send(Calls.run(service.base(), csv, mapping))));
                database.awaitOlderThan(2, answer.get());
            });
            assertEquals(202, answer.get().join().statusCode(), () -> answer.get()
                    .join()
                    .body());
        }
    }
}
