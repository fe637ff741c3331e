package dev.importonce.job;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Undo as a user asks for it. */
public final class Undos {
    /** Maps the columns of {@link Imports#csv} so that it can be undone. */
    public static final String MAPPING = with("");

    private static final long PATIENCE_SECONDS = 60;

    private Undos() {}

    /** With further properties, each followed by a comma. */
    static String with(String properties) {
        return """
                {"target": "contacts", %s "undoable": true,
                 "fields": {"email": "email", "firstName": "first", "lastName": "last"}}
                """.formatted(properties);
    }

    public static Response ask(String jobId) {
        return given().post("/api/migrations/" + jobId + "/undo");
    }

    /** The job once it has been undone, after having been asked for it. */
    static JsonPath undone(String jobId) {
        Response asked = ask(jobId);
        if (asked.statusCode() != 202) throw new AssertionError(asked.statusCode() + " " + asked.asString());
        return ended(jobId);
    }

    /** The job once its undo has ended. */
    static JsonPath ended(String jobId) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            JsonPath job = Imports.job(jobId);
            if (!job.getString("undo.status").equals("processing")) return job;
            if (System.nanoTime() > deadline) throw new AssertionError("undo has not ended: " + job.prettify());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** What is stored under an address: its fields and attributes; null: no contact. */
    static Map<String, Object> contact(String email) {
        List<Map<String, Object>> items = given().queryParam("email", email)
                .get("/api/contacts")
                .jsonPath()
                .getList("items");
        if (items.isEmpty()) return null;
        Map<String, Object> contact = new LinkedHashMap<>(items.get(0));
        contact.keySet().removeAll(List.of("id", "orgId", "email", "createdAt", "updatedAt"));
        contact.values().removeIf(value -> value == null);
        return contact;
    }
}
