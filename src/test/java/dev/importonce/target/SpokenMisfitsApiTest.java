package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a table is other than declared is said in the reader's language, and so is what a catalogue does not say. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpokenMisfitsApiTest {
    private static final String WARES = """
            {"name": "wares", "table": "odd.wares", "owner": null, "key": ["code"],
             "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"},
                        {"name": "day", "column": "day", "type": "date"}]}
            """;

    Database database;

    @BeforeEach
    void tables_of_somebody_else() {
        database.update("drop schema if exists odd cascade");
        database.update("create schema odd");
        database.update("create table odd.wares (code text primary key, n int, day date, spot point)");
        database.update("""
                create table odd.things (id int primary key generated always as identity, org_id uuid not null, sku text,
                    price numeric(8, 2), twice int generated always as (2) stored, must int not null, rank text, needed int not null,
                    unique (org_id, sku) deferrable)
                """);
        database.update("delete from import_targets");
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop schema odd cascade");
        database.update("delete from import_targets");
    }

    @Test
    void what_does_not_fit_the_table_is_said_too() {
        String things = """
                {"name": "things", "table": "odd.things", "owner": {"organisation": "org_id"}, "key": ["sku"],
                 "id": "rank", "attributes": "more", "fields": [
                  {"name": "sku", "column": "sku", "type": "text"},
                  {"name": "price", "column": "price", "type": "decimal"},
                  {"name": "twice", "column": "twice", "type": "integer"},
                  {"name": "day", "column": "id", "type": "date"},
                  {"name": "ware", "column": "must", "type": "reference",
                   "references": {"table": "odd.wares", "match": ["n", "none"], "owner": null}}]}
                """;

        JsonPath english = declared("other", things, "");
        JsonPath german = declared("other", things, "de");

        assertEquals("""
            /name: The name is not the one in the address, other.
            /attributes: The table has no column "more".
            /id: The column "rank" is not of the type uuid.
            /fields/1/scale: The column "price" rounds to 2 decimals: say "scale": 2, so that other values are rejected.
            /fields/2/column: The database computes the column "twice": no file can fill it.
            /fields/3/type: The column "id" is of the type int4, which holds no date.
            /key: No unique index of the table has exactly the columns org_id, sku. These unique indexes cannot be a key, since they are not valid, deferrable, on expressions, or not on all rows: things_org_id_sku_key.
            /id: No unique index of the table begins with the column "rank".
            /fields: The column "needed" needs a value in each row, and no field fills it.
            /fields/4/references/match: The other table has no column "none".
            /fields/4/references/match: No unique index of odd.wares has exactly the columns n, none.
            """, told(english, "detail"));
        assertEquals("""
            /name: Der Name ist nicht der in der Adresse, other.
            /attributes: Die Tabelle hat keine Spalte „more“.
            /id: Die Spalte „rank“ ist nicht vom Typ uuid.
            /fields/1/scale: Die Spalte „price“ rundet auf 2 Nachkommastellen: Sagen Sie "scale": 2, damit andere Werte abgelehnt werden.
            /fields/2/column: Die Datenbank berechnet die Spalte „twice“: Keine Datei kann sie füllen.
            /fields/3/type: Die Spalte „id“ ist vom Typ int4, der kein date aufnimmt.
            /key: Kein eindeutiger Index der Tabelle hat genau die Spalten org_id, sku. Diese eindeutigen Indizes können kein Schlüssel sein, da sie ungültig oder aufschiebbar sind, auf Ausdrücken oder nicht auf allen Zeilen liegen: things_org_id_sku_key.
            /id: Kein eindeutiger Index der Tabelle beginnt mit der Spalte „rank“.
            /fields: Die Spalte „needed“ braucht in jeder Zeile einen Wert, und kein Feld füllt sie.
            /fields/4/references/match: Die andere Tabelle hat keine Spalte „none“.
            /fields/4/references/match: Kein eindeutiger Index von odd.wares hat genau die Spalten n, none.
            """, told(german, "detail"));
        assertEquals(english.getList("errors.parameters"), german.getList("errors.parameters"));
    }

    @Test
    void the_detail_is_a_sentence_with_the_first_fault() {
        database.update("create view odd.seen as select * from odd.wares");

        given().contentType("application/json")
                .body(WARES.replace("odd.wares", "odd.seen"))
                .put("/api/targets/wares?locale=de")
                .then()
                .statusCode(422)
                .header("Content-Language", "de")
                .body("title", equalTo("Die Deklaration passt nicht"))
                .body(
                        "detail",
                        equalTo(
                                "Die Deklaration kann nicht verwendet werden: Das ist eine Sicht oder eine fremde Tabelle:"
                                        + " Importiert werden können nur die Zeilen einer Tabelle dieser Datenbank."))
                .body("code", equalTo("declaration-not-usable"))
                .body("parameters.fault.code", equalTo("view-or-foreign-table"))
                .body("errors[0].code", equalTo("view-or-foreign-table"));
    }

    @Test
    void a_discovery_and_a_template_are_refused_in_it() {
        discovered("{\"table\": \"nothing.there\"}", "es")
                .then()
                .statusCode(422)
                .body("detail", equalTo("No hay ninguna tabla nothing.there que el rol del servicio pueda ver."))
                .body("code", equalTo("no-such-table"))
                .body("parameters", equalTo(Map.of("table", "nothing.there")))
                .body("errors[0].code", equalTo("no-such-table"));
        discovered("[]", "nl")
                .then()
                .statusCode(400)
                .body("detail", equalTo("De inhoud moet een object met table zijn."));
        given().get("/api/targets/contacts/template?format=pdf&locale=pl")
                .then()
                .statusCode(422)
                .body("detail", equalTo("format musi być jednym z: csv, xlsx."))
                .body("code", equalTo("must-be-one-of"));
    }

    @Test
    void the_notes_of_a_draft_are_said_in_it() {
        assertEquals(
                List.of(
                        "The column spot is of the type point, which no field can hold: it keeps its default.",
                        "No column says whom the rows belong to: only service_role may import such rows."),
                notes("odd.wares", ""));
        assertEquals(
                List.of(
                        "Die Spalte spot ist vom Typ point, den kein Feld aufnehmen kann: Sie behält ihren Vorgabewert.",
                        "Keine Spalte sagt, wem die Zeilen gehören: Nur service_role darf solche Zeilen importieren."),
                notes("odd.wares", "de"));
        assertEquals(
                List.of(
                        "Die Zeilen gehören anscheinend der Organisation in org_id: Korrigieren Sie das, falls es nicht so ist.",
                        "Kein eindeutiger Index kann der natürliche Schlüssel sein: Legen Sie zuerst einen an.",
                        "Der eindeutige Index things_org_id_sku_key kann nicht der Schlüssel sein; Zeilen, die er nicht zulässt, werden abgelehnt."),
                notes("odd.things", "de"));
    }

    /** One, two and three faults: together they are a sentence whose parts are sentences. */
    @ParameterizedTest
    @ValueSource(strings = {"n", "n, drop column day", "n, drop column day, drop constraint wares_pkey"})
    void a_job_whose_table_has_changed_says_all_in_it(String dropped) {
        put("wares", WARES).then().statusCode(201);
        database.update("alter table odd.wares drop column " + dropped);
        String job = imported(csv("code,n,day", "a,1,2030-01-31"), """
                        {"target": "wares", "fields": {"code": "code", "n": "n", "day": "day"}}
                        """).getString("jobId");

        JsonPath english = given().get("/api/migrations/" + job).jsonPath();
        JsonPath german = given().get("/api/migrations/" + job + "?locale=de").jsonPath();

        assertEquals("table-changed", german.getString("error.code"));
        List<String> faults = german.getList("error.errors.detail");
        assertEquals("Die Tabelle hat keine Spalte „n“.", faults.get(0));
        assertEquals(
                String.join(" ", faults)
                        + " Korrigieren Sie die Tabelle oder ihre Deklaration und wiederholen Sie den Import.",
                german.getString("error.detail"));
        assertEquals(
                String.join(" ", english.<String>getList("error.errors.detail"))
                        + " Correct the table or its declaration, and retry the import.",
                english.getString("error.detail"));
        assertEquals("The table has no column \"n\".", english.getString("error.errors[0].detail"));
    }

    private static List<String> notes(String table, String language) {
        return discovered("{\"table\": \"" + table + "\"}", language)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("notes");
    }

    private static Response discovered(String body, String language) {
        return given().contentType("application/json")
                .header("Accept-Language", language)
                .body(body)
                .post("/api/targets/discover");
    }

    private static JsonPath declared(String name, String declaration, String language) {
        return given().contentType("application/json")
                .header("Accept-Language", language)
                .body(declaration)
                .put("/api/targets/" + name)
                .then()
                .statusCode(422)
                .extract()
                .jsonPath();
    }

    /** The faults, each in a line. */
    private static String told(JsonPath refused, String property) {
        StringBuilder told = new StringBuilder();
        for (Map<String, Object> fault : refused.<Map<String, Object>>getList("errors"))
            told.append(fault.get("pointer"))
                    .append(": ")
                    .append(fault.get(property))
                    .append('\n');
        return told.toString();
    }
}
