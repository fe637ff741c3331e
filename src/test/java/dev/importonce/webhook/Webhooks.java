package dev.importonce.webhook;

import static io.restassured.RestAssured.given;

import dev.importonce.fixture.Imports;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;

/** What tests have done over HTTP, as cron calls and operators do. */
final class Webhooks {
    private Webhooks() {}

    /** Starts an import that nobody else has started. */
    static String submitted(String mapping) {
        return Imports.run(Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee"), mapping)
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
    }

    /** Has a queue worked off: {@code imports}, {@code send-queue} or {@code webhooks}. */
    static JsonPath work(String queue) {
        return given().post("/api/cron/process-" + queue)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Has one import done; its event is not delivered yet. */
    static String completed() {
        String job = submitted(Imports.MAPPING);
        work("imports");
        return job;
    }

    /** The newest event, as its operator sees it. */
    static JsonPath newest() {
        return given().queryParam("limit", 1)
                .get("/api/webhooks/deliveries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("items[0]");
    }

    static Response resend(String id) {
        return given().post("/api/webhooks/deliveries/" + id + "/resend");
    }
}
