package dev.importonce.problem;

import static dev.importonce.fixture.Send.RUN;
import static dev.importonce.fixture.Send.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Send.Part;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be read, in any of their forms. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ErrorTableApiTest extends RefusedRequests {
    private static final String MALFORMED = "malformed-request";
    private static final String UNSUPPORTED =
            "Send multipart/form-data with the parts file and mapping, JSON with mapping and sourceId or storage, or the file's bytes"
                    + " (text/csv, application/octet-stream) with ?mapping=.";
    private static final byte[] FILE = Imports.csv("ann@example.com,Ann,Lee");
    /** More than is held in memory: its first blocks are in the database before its end is read. */
    private static final byte[] LARGE_FILE = Imports.csv("ann@example.com,Ann,Lee\n".repeat(400_000));

    private static final String BREAKS_OFF = "The multipart body breaks off or is not well-formed.";

    @Test
    void multipart_without_file_is_told_which_part_is_missing() {
        Refusal.of(Send.parts(Part.mapping()))
                .is(MALFORMED, "The part file is missing; send file and mapping.")
                .faults("file: This part is missing.");
    }

    @Test
    void multipart_without_mapping_is_told_which_part_is_missing() {
        Refusal.of(Send.parts(Part.file(LARGE_FILE)))
                .is(MALFORMED, "The part mapping is missing; send file and mapping.")
                .faults("mapping: This part is missing.");
    }

    @Test
    void multipart_without_any_part_is_refused() {
        Refusal.of(Send.parts()).is(MALFORMED, "The part file is missing; send file and mapping.");
    }

    @Test
    void two_files_in_one_request_are_refused() {
        Refusal.of(Send.parts(Part.file(LARGE_FILE), Part.file(FILE), Part.mapping()))
                .is(MALFORMED, "There are two parts file; send one.");
    }

    @Test
    void two_mappings_in_one_request_are_refused() {
        Refusal.of(Send.parts(Part.mapping(), Part.mapping(), Part.file(FILE)))
                .is(MALFORMED, "There are two parts mapping; send one.");
    }

    @Test
    void a_part_that_nobody_asked_for_is_refused() {
        Refusal.of(Send.parts(
                        Part.file(LARGE_FILE), Part.mapping(), new Part("form-data; name=\"comment\"", utf8("hello"))))
                .is(MALFORMED, "There is no part \"comment\"; known are file and mapping.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-data", "form-data; name", "form-data; name=\"\""})
    void a_part_without_a_usable_name_is_refused(String disposition) {
        Refusal.of(Send.parts(new Part(disposition, FILE), Part.mapping()))
                .is(MALFORMED, "There is no part \"\"; known are file and mapping.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=\"=?utf-8?B?Q!=?=\"", "name=\"file\"; filename=\"=?utf-8?B?Q!=?=\""})
    void a_part_whose_name_only_looks_encoded_is_refused(String parameters) {
        Refusal.of(Send.parts(new Part("form-data; " + parameters, FILE), Part.mapping()))
                .is(MALFORMED, "A parameter in a Content-Type or Content-Disposition header cannot be decoded.");
    }

    @Test
    void a_part_with_endless_headers_is_refused() {
        Refusal.of(Send.parts(
                        new Part("form-data; name=\"file\"\r\nX-Long: " + "x".repeat(9_000), FILE), Part.mapping()))
                .is(MALFORMED, "The multipart body cannot be read.");
    }

    @Test
    void multipart_without_a_boundary_is_refused() {
        Refusal.of(Send.post(RUN, "multipart/form-data", Send.body(Part.file(FILE), Part.mapping())))
                .is(MALFORMED, "The Content-Type names no boundary.");
    }

    @Test
    void multipart_with_another_boundary_than_announced_has_no_parts() {
        Refusal.of(Send.post(RUN, "multipart/form-data; boundary=another", Send.body(Part.file(FILE), Part.mapping())))
                .is(MALFORMED, "The part file is missing; send file and mapping.");
    }

    @Test
    void a_boundary_that_goes_on_where_it_should_end_is_refused() {
        byte[] body = Send.body(Part.mapping(), Part.file(LARGE_FILE));
        body[body.length - 4] = 'x';
        Refusal.of(Send.multipart(body)).is(MALFORMED, BREAKS_OFF);
    }

    @Test
    void a_body_that_ends_inside_its_file_is_refused() {
        byte[] body = Send.body(Part.mapping(), Part.file(LARGE_FILE));
        Refusal.of(Send.multipart(Arrays.copyOf(body, body.length - 100))).is(MALFORMED, BREAKS_OFF);
    }

    @Test
    void a_body_that_ends_behind_its_file_is_refused() {
        byte[] body = Send.body(Part.file(LARGE_FILE), Part.mapping());
        Refusal.of(Send.multipart(Arrays.copyOf(body, body.length - 100))).is(MALFORMED, BREAKS_OFF);
    }

    @Test
    void a_mapping_that_is_no_good_takes_the_file_before_it_with_it() {
        Refusal.of(Send.parts(Part.file(LARGE_FILE), Part.mapping("[]")))
                .is(MALFORMED, "The mapping must be a JSON object.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"text\"", "{}", "{\"mapping\": {}}", "{\"sourceId\": \"x\"}"})
    void json_that_does_not_name_source_and_mapping_is_refused(String body) {
        Refusal.of(Send.post(RUN, "application/json", utf8(body)))
                .is(MALFORMED, "The body must be an object with mapping and either sourceId or storage.");
    }

    @Test
    void json_with_an_unknown_property_is_refused() {
        String body = "{\"sourceId\": \"x\", \"mapping\": {}, \"dryRun\": true}";
        Refusal.of(Send.post(RUN, "application/json", utf8(body)))
                .is("invalid-parameter", "There is no property dryRun here; known are mapping, sourceId and storage.")
                .faults("dryRun: There is no such property.");
    }

    @Test
    void json_that_breaks_off_is_refused_with_its_place() {
        Refusal.of(Send.post(RUN, "application/json", utf8("{\"sourceId\": \"x\",\n  \"mapping\"")))
                .is(MALFORMED, "The body is not valid JSON at line 2, column 12.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-00000000abcd", "not-an-id"})
    void a_source_that_was_never_sent_is_not_found(String id) {
        String body = "{\"sourceId\": \"" + id + "\", \"mapping\": " + Imports.MAPPING + "}";
        String detail = id.startsWith("0")
                ? "You have no source " + id + ". Send the file first."
                : "You have no source with that id. Send the file first.";
        Refusal.of(Send.post(RUN, "application/json", utf8(body))).is("not-found", detail);
    }

    @Test
    void the_bytes_of_a_file_without_a_mapping_are_refused() {
        Refusal.of(Send.post(RUN, "text/csv", FILE))
                .is(MALFORMED, "Give the mapping as URL-encoded JSON in ?mapping=.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "multipart/mixed; boundary=----a-boundary", "application/x-www-form-urlencoded"})
    void a_body_type_that_is_none_of_ours_is_told_which_are(String type) {
        Refusal.of(Send.post(RUN, type, FILE)).is("unsupported-media-type", UNSUPPORTED);
        Refusal.of(Send.post("/functions/v1/migrations-run", type, FILE)).is("unsupported-media-type", UNSUPPORTED);
        Refusal.of(Send.post("/api/sources", type, FILE))
                .is("unsupported-media-type", "Send the file's bytes as text/csv or application/octet-stream.");
    }

    @Test
    void a_body_without_a_type_is_told_which_there_are() {
        Refusal.of(Send.send(Send.request(RUN).POST(BodyPublishers.ofByteArray(FILE))))
                .is("unsupported-media-type", UNSUPPORTED);
    }

    @Test
    void a_body_type_that_cannot_be_parsed_is_unsupported() {
        Refusal.of(Send.post(RUN, "text", FILE)).isProblem().is("unsupported-media-type", "Send another Content-Type.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "ümlaut"})
    void an_idempotency_key_of_other_characters_is_refused(String key) throws IOException {
        String length = "Content-Length: " + FILE.length;
        String type = "Content-Type: text/csv";
        try (Wire wire = Wire.open()) {
            Refusal refusal = wire.head(
                            "POST " + Send.runWith(Imports.MAPPING) + " HTTP/1.1",
                            "Host: localhost",
                            type,
                            length,
                            "Idempotency-Key: " + key)
                    .write(FILE)
                    .answer()
                    .refusal();
            refusal.is(MALFORMED, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        }
    }

    @Test
    void an_idempotency_key_that_is_too_long_is_refused() {
        Refusal.of(Send.send(Send.request(Send.runWith(Imports.MAPPING))
                        .header("Content-Type", "text/csv")
                        .header("Idempotency-Key", "k".repeat(256))
                        .POST(BodyPublishers.ofByteArray(FILE))))
                .is(MALFORMED, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/nothing", "/api/migrations/1/nothing", "/functions/v1/other"})
    void an_unknown_address_is_not_found(String address) {
        Refusal.of(Send.get(address)).is("not-found", "There is nothing at " + address + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/migrations/%zz", "/api/migrations?limit=%zz", "/api/contacts?email=%"})
    void an_address_that_is_none_is_refused_by_the_server_itself(String target) throws IOException {
        try (Wire wire = Wire.open()) {
            Wire.Answer answer =
                    wire.head("GET " + target + " HTTP/1.1", "Host: localhost").answer();
            assertEquals("400 ", answer.status() + " " + answer.body());
        }
    }

    @Test
    void a_wrong_method_is_told_how_to_find_the_right_one() {
        Refusal.of(Send.send(Send.request(RUN).DELETE()))
                .is("method-not-allowed", "Ask with OPTIONS which methods there are.");

        var options = Send.send(Send.request(RUN).method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(
                "HEAD, POST, OPTIONS", options.headers().firstValue("Allow").orElse(null));
    }

    @Test
    void an_answer_that_exists_only_as_json_is_refused_as_a_picture() {
        Refusal.of(Send.send(Send.request("/api/migrations").header("Accept", "image/png")))
                .is("not-acceptable", "Accept another representation.");
    }
}
