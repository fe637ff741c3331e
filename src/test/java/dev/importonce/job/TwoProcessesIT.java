package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two processes of the packaged application on one database. */
class TwoProcessesIT {
    private static final byte[] FILE = Imports.csv("ann@example.com,Ann,Lee", "bob@example.com,Bob,Ray");

    @Test
    void a_thousand_callers_of_two_processes_share_a_single_import() {
        String url = TestPostgres.newDatabase();
        Map<String, String> environment =
                new HashMap<>(Map.of("QUARKUS_DATASOURCE_JDBC_URL", url, "IMPORTONCE_AUTH", "none"));
        Service.migrate(environment);

        environment.put("IMPORTONCE_WORKERS", "0");
        String jobId;
        try (Service one = Service.start(environment);
                Service two = Service.start(environment)) {
            jobId = Calls.aThousandShareAJob(List.of(one, two), FILE, Imports.MAPPING);
        }

        environment.put("IMPORTONCE_WORKERS", "2");
        try (Service worker = Service.start(environment)) {
            JsonPath job = Calls.ended(worker.base(), jobId, Duration.ofSeconds(60));
            assertEquals("completed", job.getString("status"), job::prettify);
            assertEquals(2, job.getInt("progress.inserted"));
            assertEquals(999, job.getInt("duplicateRequests"));
        }
        assertEquals(2, new Database(url).count("select count(*) from contacts"));
        assertEquals(1, new Database(url).count("select count(*) from migration_jobs"));
    }
}
