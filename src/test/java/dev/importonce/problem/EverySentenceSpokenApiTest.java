package dev.importonce.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every part of the service speaks the caller's language, not only imports. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class EverySentenceSpokenApiTest {
    private static final String MAPPING = "{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}, %s}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/contacts?orgId=1                  | must-be-uuid      | orgId muss eine UUID sein.
            /api/contacts?cursor=x                 | cursor-changed    | cursor muss unverändert der nextCursor einer früheren Antwort sein.
            /api/migrations?status=lost            | must-be-one-of    | status muss eines von diesen sein: pending, processing, completed, failed, cancelled.
            /api/migrations?since=yesterday        | must-be-time      | since muss ein Zeitpunkt sein, etwa 2030-12-31T00:00:00Z.
            /api/migrations/1                      | no-such-job       | Sie haben keinen Auftrag mit dieser ID.
            /api/chats/1                           | no-such-chat      | Sie haben keinen Chat mit dieser Kennung.
            /api/send-queue?status=lost            | must-be-one-of    | status muss eines von diesen sein: pending, processing, sent, failed, unknown.
            /api/send-queue/1                      | no-such-message   | Ihre Organisation hat keine Nachricht mit dieser Kennung.
            /api/sources/1/sheets                  | source-not-found  | Sie haben keine Quelle mit dieser ID. Senden Sie zuerst die Datei.
            /api/sources/tus/1                     | no-such-upload    | Sie haben keinen Upload mit dieser ID; er kann abgelaufen sein.
            /api/webhooks/deliveries?state=lost    | must-be-one-of    | state muss eines von diesen sein: pending, delivered, failed.
            """)
    void what_is_asked_for_wrongly(String address, String code, String detail) {
        german().get(address).then().body("code", equalTo(code)).body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/cron/process-imports?max=0                            | must-be-number-between | max muss eine Zahl von 1 bis 1000000 sein.
            /api/cron/process-webhooks?budget=1                        | must-be-duration       | budget muss eine Dauer wie PT25S sein, höchstens PT15M.
            /api/webhooks/deliveries/1/resend                          | no-such-event          | Es gibt kein Ereignis mit dieser ID.
            /api/migrations/1/cancel                                   | no-such-job            | Sie haben keinen Auftrag mit dieser ID.
            /api/sources/tus                                           | tus-version            | Senden Sie Tus-Resumable: 1.0.0, die Version, die hier gilt.
            """)
    void what_is_ordered_wrongly(String address, String code, String detail) {
        german().post(address).then().body("code", equalTo(code)).body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format": {"type": "csv", "sheet": "A"}  | only-xlsx-has-sheets        | Nur xlsx hat Blätter.
            "format": {"encoding": "x"}              | no-such-encoding            | Diese Zeichenkodierung gibt es nicht. Nennen Sie eine wie UTF-8 oder windows-1252.
            "values": {"phone": {}}                  | values-of-unmapped-field    | Nur zugeordnete Felder haben values, und dieses steht nicht in fields.
            "numbers": {"decimal": ";"}              | must-be-one-of              | decimal muss eines von diesen sein: ".", ",".
            "dates": {"zone": "Europe/Nowhere"}      | no-such-zone                | Diese Zeitzone gibt es nicht. Nennen Sie eine Region wie Europe/Berlin, eine Zeitverschiebung wie +02:00 oder UTC.
            """)
    void the_faults_of_a_mapping(String property, String code, String detail) {
        Imports.request(Imports.csv("ann@spoken.example,A,1"), String.format(MAPPING, property))
                .header("Accept-Language", "de")
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("code", equalTo("mapping-not-usable"))
                .body("detail", equalTo("Die Zuordnung kann nicht verwendet werden: " + detail))
                .body("errors[0].code", equalTo(code))
                .body("errors[0].detail", equalTo(detail));
    }

    @Test
    void the_place_where_json_is_not_valid() {
        given().queryParam("mapping", "{\"target\": \"a\", \"target\": \"b\"}")
                .header("Accept-Language", "de")
                .contentType("text/csv")
                .body("email\na@spoken.example\n")
                .post("/api/migrations/run")
                .then()
                .statusCode(400)
                .body("code", equalTo("json-not-valid"))
                .body("parameters.place.code", equalTo("json-name-twice"))
                .body("parameters.place.parameters.place.parameters.character", equalTo("25"))
                .body(
                        "detail",
                        equalTo(
                                "mapping ist kein gültiges JSON (Zeile 1, Stelle 25): Die Eigenschaft „target“ steht zweimal darin."));
    }

    @Test
    void the_faults_of_messages() {
        german().contentType("application/json")
                .body(
                        "{\"items\": [{\"campaignId\": \"c\", \"prospectId\": \"p\", \"step\": -1, \"channel\": \"email\","
                                + " \"body\": \"\", \"scheduledFor\": \"soon\", \"colour\": 1}]}")
                .post("/api/send-queue")
                .then()
                .statusCode(422)
                .body("code", equalTo("items-not-valid"))
                .body("detail", equalTo("Einige Nachrichten sind nicht gültig; keine wurde eingereiht."))
                .body(
                        "errors.code",
                        hasItems(
                                "no-such-property",
                                "this-must-be-whole-number",
                                "this-must-be-text-of",
                                "this-must-be-time"))
                .body("errors.detail", hasItems("Das muss eine ganze Zahl von 0 bis 10000 sein."));
    }

    @Test
    void the_faults_of_a_chat() {
        german().contentType("application/json")
                .body("{\"participants\": [\"ann\", \"\"]}")
                .post("/api/chats/create-or-get")
                .then()
                .statusCode(422)
                .body("code", equalTo("request-not-usable"))
                .body("errors[0].code", equalTo("participant-length"))
                .body("errors[0].detail", equalTo("Ein Teilnehmer muss 1 bis 128 Zeichen haben; dieser hat 0."));
    }

    @Test
    void a_key_that_cannot_be_one() {
        Imports.request(Imports.csv("ann@spoken.example,A,1"), Imports.MAPPING)
                .header("Accept-Language", "de")
                .header("Idempotency-Key", "a b")
                .post("/api/migrations/run")
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-not-visible"))
                .body("detail", equalTo("Idempotency-Key muss aus 1 bis 255 sichtbaren ASCII-Zeichen bestehen."));
    }

    @Test
    void a_file_whose_lines_are_no_objects() {
        german().contentType("application/octet-stream")
                .body("1\n2\n".getBytes(StandardCharsets.UTF_8))
                .queryParam(
                        "mapping",
                        Imports.MAPPING.replace("{\"target\"", "{\"format\": {\"type\": \"ndjson\"}, \"target\""))
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("code", equalTo("line-not-object"))
                .body("detail", equalTo("Zeile 1 ist kein Objekt."));
    }

    @Test
    void a_caller_from_elsewhere() {
        german().header("Origin", "https://elsewhere.example")
                .get("/api/migrations")
                .then()
                .statusCode(403)
                .body("code", equalTo("page-of-other-site"))
                .body("detail", equalTo("Ohne Anmeldung antwortet dieser Dienst Seiten anderer Websites nicht."));
    }

    private static RequestSpecification german() {
        return given().header("Accept-Language", "de-DE");
    }
}
