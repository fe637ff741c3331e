package dev.importonce.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An answer that has to be a problem (RFC 9457) with nothing internal in it. */
public record Refusal(int status, String contentType, String body) {
    /** Every type of problem that callers may build upon, with its status and title. */
    private static final Map<String, String> CATALOGUE = Map.ofEntries(
            Map.entry("malformed-request", "400 The request cannot be read"),
            Map.entry("unauthenticated", "401 Sign in first"),
            Map.entry("forbidden", "403 Not allowed"),
            Map.entry("not-found", "404 Not found"),
            Map.entry("method-not-allowed", "405 Method not allowed here"),
            Map.entry("not-acceptable", "406 No such representation"),
            Map.entry("slow-sender", "408 The body comes too slowly"),
            Map.entry("conflict", "409 Not in this state"),
            Map.entry("source-gone", "410 The file is no longer kept"),
            Map.entry("tus-version", "412 Another version of tus"),
            Map.entry("too-large", "413 Too large"),
            Map.entry("unsupported-media-type", "415 Unsupported body type"),
            Map.entry("empty-file", "422 The file is empty"),
            Map.entry("no-data-rows", "422 The file has no data rows"),
            Map.entry("unreadable-file", "422 The file cannot be read"),
            Map.entry("ambiguous-encoding", "422 The encoding of the file is not clear"),
            Map.entry("too-complex", "422 The file goes beyond a limit"),
            Map.entry("too-slow", "422 The file takes too long to read"),
            Map.entry("unknown-sheet", "422 A sheet of the mapping is not in the file"),
            Map.entry("unknown-column", "422 A column of the mapping is not in the file"),
            Map.entry("duplicate-header", "422 A column header occurs twice"),
            Map.entry("invalid-mapping", "422 The mapping is not valid"),
            Map.entry("invalid-parameter", "422 A parameter is not valid"),
            Map.entry("idempotency-key-reused", "422 The Idempotency-Key was used for another request"),
            Map.entry("too-many-requests", "429 Too much at once"),
            Map.entry("busy", "503 Too much of this is going on at once"),
            Map.entry("unavailable", "503 Temporarily unavailable"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "urn:importonce:problem:";

    /** Packages, class names, SQL and stack traces, as far as they can be told from what a caller sent. */
    private static final Pattern INTERNAL =
            Pattern.compile("\\b(java|javax|jakarta|org|com|io|dev)\\.[a-z]+\\.|`|\\bat [\\w.]+\\(|Exception\\b"
                    + "|SQLSTATE|\\bERROR: |(?i)\\b(select .+ from|insert into|delete from|update \\w+ set)\\b");

    public static Refusal of(Response response) {
        return new Refusal(response.statusCode(), response.contentType(), response.asString());
    }

    public static Refusal of(HttpResponse<String> response) {
        return new Refusal(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(null),
                response.body());
    }

    /** Has the shape of a problem of the catalogue. */
    public Refusal isProblem() {
        assertTrue(status >= 400 && status < 600, this::toString);
        assertEquals("application/problem+json", contentType, this::toString);
        JsonNode json = json();
        String type = json.path("type").asText();
        assertTrue(type.startsWith(TYPE), this::toString);
        String entry = CATALOGUE.get(type.substring(TYPE.length()));
        assertNotNull(entry, this::toString);
        assertEquals(entry, status + " " + json.path("title").asText(), this::toString);
        assertEquals(status, json.path("status").intValue(), this::toString);
        assertFalse(json.path("detail").asText().isBlank(), this::toString);
        Set<String> members = new TreeSet<>(Set.of("type", "title", "status", "detail", "errors"));
        json.fieldNames().forEachRemaining(member -> assertTrue(members.remove(member), this::toString));
        assertFalse(INTERNAL.matcher(body).find(), this::toString);
        return this;
    }

    /** Is the problem of that type and says exactly this. */
    public Refusal is(String type, String detail) {
        isProblem();
        assertEquals(TYPE + type, json().path("type").asText());
        assertEquals(detail, json().path("detail").asText());
        return this;
    }

    /** Lists these faults, each as "place: detail" with the pointer or field as place, and no others. */
    public Refusal faults(String... expected) {
        List<String> faults = new ArrayList<>();
        for (JsonNode fault : json().path("errors"))
            faults.add(fault.path(fault.has("pointer") ? "pointer" : "field").asText() + ": "
                    + fault.path("detail").asText());
        assertEquals(List.of(expected), faults);
        return this;
    }

    private JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(this.toString(), e);
        }
    }
}
