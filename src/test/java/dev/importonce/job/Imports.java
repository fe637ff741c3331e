package dev.importonce.job;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What tests do over HTTP as a user would. */
public final class Imports {
    /** Maps the columns of {@link #csv}. */
    public static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "email", "firstName": "first", "lastName": "last"}}
            """;

    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");
    private static final long PATIENCE_SECONDS = 60;

    private Imports() {}

    /** A file with a header and these rows. */
    public static byte[] csv(String... rows) {
        return ("email,first,last\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A multipart request to import, not sent yet. */
    public static RequestSpecification request(byte[] file, String mapping) {
        return given().multiPart("file", "contacts.csv", file, "text/csv")
                .multiPart("mapping", mapping, "application/json");
    }

    /** Sends a file and its mapping. */
    public static Response run(byte[] file, String mapping) {
        return request(file, mapping).post("/api/migrations/run");
    }

    /** What an import would do, for a file and a mapping that can be imported. */
    public static JsonPath preview(byte[] file, String mapping) {
        return request(file, mapping)
                .post("/api/migrations/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Imports a file and waits for the end of its job. */
    public static JsonPath imported(byte[] file, String mapping) {
        Response response = run(file, mapping);
        if (response.statusCode() >= 300) throw new AssertionError(response.statusCode() + " " + response.asString());
        return ended(response.path("jobId"));
    }

    /** The job once it has ended. */
    public static JsonPath ended(String jobId) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            JsonPath job = job(jobId);
            if (FINAL.contains(job.getString("status"))) return job;
            if (System.nanoTime() > deadline) throw new AssertionError("job has not ended: " + job.prettify());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** The job as it is now. */
    public static JsonPath job(String jobId) {
        return given().get("/api/migrations/" + jobId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
