package dev.importonce.platform.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The native binary starts Hibernate when somebody reads, and not before. */
class BeansOnDemandIT {
    private static final String HIBERNATE = "[org.hibernate.";

    @Test
    void the_first_read_starts_hibernate_and_an_import_does_not() {
        assumeTrue(Service.isNative(), "the package of the JVM starts Hibernate with the service");
        Database database = new Database(TestPostgres.newDatabase());
        Map<String, String> settings = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "IMPORTONCE_AUTH", "none",
                "QUARKUS_LOG_CATEGORY__ORG_HIBERNATE__LEVEL", "DEBUG");
        Service.migrate(settings);
        try (Service service = Service.start(settings)) {
            String job = JsonPath.from(Calls.send(Calls.run(
                                    service.base(), Imports.csv("ann@demand.example,Ann,Lee"), Imports.MAPPING))
                            .body())
                    .getString("jobId");
            Await.until(() -> database.count("select count(*) from migration_jobs where status = 'completed'") == 1);
            assertFalse(service.output().contains(HIBERNATE), service::output);

            JsonPath ended = Calls.ended(service.base(), job, Duration.ofSeconds(60));

            assertEquals("completed", ended.getString("status"), ended::prettify);
            assertTrue(service.output().contains(HIBERNATE), service::output);
        }
    }
}
