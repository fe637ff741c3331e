package dev.importonce.target;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a declaration has codes and parameters, and is said in the operator's language. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpokenDeclarationsApiTest {
    /** A fault of nearly every kind that is found without the table. */
    private static final String ODD = """
            {"name": "Wares", "table": 7, "colour": "red", "owner": {"team": "id"}, "key": ["code", "code", "none"],
             "attributes": "a", "id": "a", "label": {"English": "W", "en": ""}, "distribute": "yes", "fields": [
              {"name": "code", "column": "a", "type": "text", "maxLength": 0, "pattern": "(", "normalise": "x"},
              {"name": "code", "column": "b", "type": "integer", "min": "1.5", "default": "x"},
              {"name": "1c", "column": "c", "type": "enum", "values": {"y": ["z"], "n": ["Z"]}},
              {"name": "d", "column": "d", "type": "phone", "region": "de"},
              {"name": "e", "column": "e", "type": "reference", "default": "1", "references": {"table": "a.b", "match": [], "owner": null}},
              {"name": "f", "column": "f", "type": "enum"},
              {"name": "g", "column": "g", "type": "list", "separator": "----"},
              {"name": "h", "column": "h", "type": "money"},
              {"column": "i"}, 7]}
            """;

    @Test
    void without_a_language_each_fault_is_english() {
        assertEquals("""
                        /colour: There is no such property; known are: attributes, distribute, fields, id, key, label, name, owner, table, updatedAt.
                        /name: A target's name is a small letter and at most 62 small letters, digits, - or _.
                        /table: This must be a string.
                        /owner/team: There is no such property; known are: organisation, user.
                        /owner: Say whom the rows belong to: {"organisation": column}, {"user": column}, or null for nobody.
                        /distribute: distribute must be true or false.
                        /fields/9: This must be an object.
                        /fields/0/normalise: normalise must be a list of at most 5 strings.
                        /fields/0/pattern: This is not a pattern of RE2: missing closing ).
                        /fields/0/maxLength: maxLength must be a whole number from 1 to 1000000.
                        /fields/1/min: This is no value of the field.
                        /fields/1/default: The default is not a whole number from -9223372036854775808 to 9223372036854775807.
                        /fields/1/name: Another field has this name.
                        /fields/2/name: A field's name is a letter and at most 62 letters, digits or _.
                        /fields/2/values: Two values cannot have one name: "Z" is a name of y and of n.
                        /fields/3/region: This is no region with phone numbers such as DE (ISO 3166, two capital letters).
                        /fields/4/references/match: Name 1 to 8 columns, whose values the file has: with the owner they are a unique key.
                        /fields/4/default: A reference has no default.
                        /fields/5/values: values must be an object of 1 to 1000 values, each with its other names.
                        /fields/6/separator: The separator must have 1 to 3 characters.
                        /fields/7/type: type must be one of: text, email, phone, url, integer, decimal, boolean, date, time, timestamp, uuid, enum, json, list, reference.
                        /fields/8/name: Name the field.
                        /fields/8/type: Say what the field holds.
                        /key: "code" is twice in the key.
                        /id: The service fills this column with something else.
                        /fields: The column "a" of the field code is another field's, or one that the service fills.
                        /label/English: This is not a language such as en or pt-BR (BCP 47).
                        /label/en: A label is a text.
                        """, lines(faults(""), fault -> fault.get("pointer") + ": " + fault.get("detail")));
    }

    @Test
    void each_fault_has_a_code_and_is_said_in_german() {
        assertEquals(
                """
                        /colour unknown-property: Diese Eigenschaft gibt es nicht; bekannt sind: attributes, distribute, fields, id, key, label, name, owner, table, updatedAt.
                        /name target-name-not-of-form: Der Name eines Ziels besteht aus einem Kleinbuchstaben und höchstens 62 Kleinbuchstaben, Ziffern, - oder _.
                        /table this-must-be-string: Das muss eine Zeichenkette sein.
                        /owner/team unknown-property: Diese Eigenschaft gibt es nicht; bekannt sind: organisation, user.
                        /owner owner-missing: Sagen Sie, wem die Zeilen gehören: {"organisation": Spalte}, {"user": Spalte} oder null für niemanden.
                        /distribute must-be-true-or-false: distribute muss true oder false sein.
                        /fields/9 this-must-be-object: Das muss ein Objekt sein.
                        /fields/0/normalise must-be-list-of-strings: normalise muss eine Liste von höchstens 5 Zeichenketten sein.
                        /fields/0/pattern not-a-pattern: Das ist kein RE2-Muster: missing closing ).
                        /fields/0/maxLength must-be-whole-number-from: maxLength muss eine ganze Zahl von 1 bis 1000000 sein.
                        /fields/1/min bound-not-a-value: Das ist kein Wert des Feldes.
                        /fields/1/default default-not-a-value: Vorgabewert: Das ist keine ganze Zahl von -9223372036854775808 bis 9223372036854775807.
                        /fields/1/name field-name-taken: Ein anderes Feld hat diesen Namen.
                        /fields/2/name field-name-not-of-form: Der Name eines Feldes besteht aus einem Buchstaben und höchstens 62 Buchstaben, Ziffern oder _.
                        /fields/2/values values-share-name: Zwei Werte können nicht denselben Namen haben: „Z“ ist ein Name von y und von n.
                        /fields/3/region not-a-phone-region: Das ist keine Region mit Telefonnummern wie DE (ISO 3166, zwei Großbuchstaben).
                        /fields/4/references/match reference-columns-missing: Nennen Sie 1 bis 8 Spalten, deren Werte in der Datei stehen: Mit dem Eigentümer sind sie ein eindeutiger Schlüssel.
                        /fields/4/default reference-with-default: Ein Verweis hat keinen Vorgabewert.
                        /fields/5/values must-be-object-of-values: values muss ein Objekt mit 1 bis 1000 Werten sein, jeder mit seinen anderen Namen.
                        /fields/6/separator separator-length: Das Trennzeichen muss aus 1 bis 3 Zeichen bestehen.
                        /fields/7/type must-be-one-of: type muss eines von diesen sein: text, email, phone, url, integer, decimal, boolean, date, time, timestamp, uuid, enum, json, list, reference.
                        /fields/8/name field-name-missing: Geben Sie dem Feld einen Namen.
                        /fields/8/type field-type-missing: Sagen Sie, was das Feld enthält.
                        /key key-has-field-twice: „code“ steht zweimal im Schlüssel.
                        /id column-filled-otherwise: Der Dienst füllt diese Spalte mit etwas anderem.
                        /fields column-taken: Die Spalte „a“ des Feldes code gehört einem anderen Feld, oder der Dienst füllt sie.
                        /label/English not-a-language: Das ist keine Sprache wie en oder pt-BR (BCP 47).
                        /label/en label-missing: Eine Beschriftung ist ein Text.
                        """,
                lines(
                        faults("de-AT"),
                        fault -> fault.get("pointer") + " " + fault.get("code") + ": " + fault.get("detail")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "es", "it", "pt", "nl", "pl", "ja", "ar"})
    void other_languages_say_the_same_with_other_words(String language) {
        List<Map<String, Object>> english = faults("");
        List<Map<String, Object>> said = faults(language);

        for (int i = 0; i < said.size(); i++) {
            assertNotEquals(english.get(i).get("detail"), said.get(i).get("detail"));
            english.get(i).remove("detail");
            said.get(i).remove("detail");
        }
        assertEquals(english, said);
    }

    private static List<Map<String, Object>> faults(String language) {
        return given().contentType("application/json")
                .header("Accept-Language", language)
                .body(ODD)
                .put("/api/targets/wares")
                .then()
                .statusCode(422)
                .extract()
                .jsonPath()
                .getList("errors");
    }

    private static String lines(List<Map<String, Object>> faults, Function<Map<String, Object>, String> line) {
        return faults.stream().map(line).collect(Collectors.joining("\n", "", "\n"));
    }
}
