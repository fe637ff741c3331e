package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Incident 4 on the packaged application: cron runs that overlap, on two processes without workers. */
class OverlappingRunsIT {
    private static final int MESSAGES = 300;

    @Test
    void ten_overlapping_runs_of_two_processes_send_everything_once() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.newDatabase());
        environment.put("IMPORTONCE_AUTH", "none");
        environment.put("IMPORTONCE_WORKERS", "0");
        Service.migrate(environment);
        try (ProviderStub provider = new ProviderStub()) {
            provider.listen();
            environment.put("IMPORTONCE_PROVIDER_URL", provider.url());
            try (Service one = Service.start(environment);
                    Service two = Service.start(environment)) {
                enqueue(one);

                int claimed = IntStream.range(0, 10)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> Calls.post(
                                (i % 2 == 0 ? one : two).base() + "/api/cron/process-send-queue?budget=PT20S", "")))
                        .collect(Collectors.toList())
                        .stream()
                        .mapToInt(call -> JsonPath.from(call.join().body()).getInt("claimed"))
                        .sum();

                assertEquals(MESSAGES, claimed);
                assertEquals(1, provider.most());
                assertEquals(MESSAGES, sent(environment));
            }
        }
    }

    private static long sent(Map<String, String> environment) {
        return new Database(environment.get("QUARKUS_DATASOURCE_JDBC_URL")).count("select count(*) from sent_messages");
    }

    private static void enqueue(Service service) {
        String items = IntStream.range(0, MESSAGES)
                .mapToObj(i -> "{\"campaignId\":\"c\",\"prospectId\":\"p" + i
                        + "\",\"step\":1,\"channel\":\"slow\",\"body\":\"Hello\"}")
                .collect(Collectors.joining(","));
        assertEquals(
                200,
                Calls.post(service.base() + "/api/send-queue", "{\"items\":[" + items + "]}")
                        .statusCode());
    }
}
