package dev.importonce.send;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests send and ask for, as a product's back end does. */
final class Messages {
    private Messages() {}

    /** A message of a campaign of its own. */
    static Map<String, Object> on(String channel) {
        return to(UUID.randomUUID().toString(), "prospect-1", channel);
    }

    static Map<String, Object> to(String campaign, String prospect, String channel) {
        return Map.of(
                "campaignId", campaign, "prospectId", prospect, "step", 1, "channel", channel, "body", "Hello, Ann.");
    }

    static Response post(List<?> items) {
        return given().contentType("application/json")
                .body(Map.of("items", items))
                .post("/api/send-queue");
    }

    /** Enqueues a message and tells its id. */
    static String enqueued(Map<String, Object> item) {
        return post(List.of(item)).then().statusCode(200).extract().path("items[0].id");
    }

    /** Has so many of what is due sent at most: how many were. */
    static int work(int most) {
        return given().queryParam("max", most)
                .post("/api/cron/process-send-queue")
                .then()
                .statusCode(200)
                .extract()
                .path("claimed");
    }

    static Response get(String id) {
        return given().get("/api/send-queue/" + id);
    }

    static Response resolve(String id, String outcome) {
        return given().contentType("application/json")
                .body(Map.of("outcome", outcome))
                .post("/api/send-queue/" + id + "/resolve");
    }
}
