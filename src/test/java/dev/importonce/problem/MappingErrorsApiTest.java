package dev.importonce.problem;

import static dev.importonce.fixture.Send.RUN;
import static dev.importonce.fixture.Send.utf8;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Send.Part;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappings that are not understood: refused, never ignored. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MappingErrorsApiTest extends RefusedRequests {
    private static final String MALFORMED = "malformed-request";
    private static final String INVALID = "invalid-mapping";
    private static final Part FILE = Part.file(Imports.csv("ann@example.com,Ann,Lee"));
    private static final String KNOWN = "There is no such property; known are: dates, fields, format, numbers, onBlank,"
            + " onExisting, orgId, target, undoable, unmapped, values.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                                        | at line 1, column 2
                    {target: 1}                              | at line 1, column 2
                    {'target': 1}                            | at line 1, column 2
                    {"target": "contacts",}                  | at line 1, column 23
                    {"target": "contacts"} x                 | at line 1, column 24
                    {"target": "contacts"} {}                | at line 1, column 24
                    {"target": "\\x"}                        | at line 1, column 14
                    {"target": NaN}                          | at line 1, column 15
                    """)
    void a_mapping_that_is_not_json_is_refused_with_its_place(String mapping, String place) {
        mapped(mapping).is(MALFORMED, "The mapping is not valid JSON " + place + ".");
    }

    @Test
    void a_property_that_occurs_twice_is_refused_by_name() {
        mapped("{\"target\": \"a\", \"target\": \"a\"}")
                .is(MALFORMED, "The mapping is not valid JSON at line 1, column 25: Duplicate field 'target'.");
        mapped("{\"fields\": {\"email\": \"a\",\n \"email\": \"b\"}}")
                .is(MALFORMED, "The mapping is not valid JSON at line 2, column 9: Duplicate field 'email'.");
        Refusal.of(Send.post(RUN, "application/json", utf8("{\"mapping\": {\"a\": 1, \"a\": 1}, \"sourceId\": \"x\"}")))
                .is(MALFORMED, "The body is not valid JSON at line 1, column 25: Duplicate field 'a'.");
    }

    @Test
    void a_mapping_that_is_not_an_object_is_refused() {
        for (String mapping : new String[] {"", "null", "[]", "1", "\"contacts\"", "true"})
            mapped(mapping).is(MALFORMED, "The mapping must be a JSON object.");
    }

    @Test
    void a_mapping_nested_beyond_reason_is_refused() {
        mapped("{\"a\":".repeat(20_000 / 5) + "1" + "}".repeat(20_000 / 5))
                .is(
                        MALFORMED,
                        "The mapping is not valid JSON: it is nested too deeply, or a number or name in it is too long.");
    }

    @Test
    void a_mapping_with_bytes_that_are_not_utf8_is_refused() {
        ByteArrayOutputStream mapping = new ByteArrayOutputStream();
        mapping.writeBytes(utf8("{\"target\": \"contacts\", \"fields\": {\"email\": \"em"));
        mapping.write(0xFC);
        mapping.writeBytes(utf8("il\"}}"));
        Refusal.of(Send.parts(new Part("form-data; name=\"mapping\"", mapping.toByteArray()), FILE))
                .is(MALFORMED, "The mapping is not UTF-8 text.");
    }

    @Test
    void a_mapping_over_64_kib_is_too_large_in_every_form() {
        String mapping = Imports.MAPPING + " ".repeat(64 * 1024);
        String detail = "The mapping is larger than 65536 bytes. Map fewer columns.";
        mapped(mapping).is("too-large", detail);
        Refusal.of(Send.parts(FILE, Part.mapping(mapping))).is("too-large", detail);
        Refusal.of(Send.post(Send.runWith(mapping), "text/csv", FILE.content())).is("too-large", detail);
        Refusal.of(Send.post(
                        RUN,
                        "application/json",
                        utf8("{\"sourceId\": \"x\", \"mapping\": " + mapping + "    ".repeat(1024) + "}")))
                .is("too-large", "The JSON is larger than 69632 bytes. Send less at once.");
    }

    @Test
    void unknown_properties_are_refused_each_with_its_pointer() {
        mapped("""
                {"target": "contacts", "dryRun": true, "a/b~c": 1,
                 "fields": {"email": "email", "nickname": "nick"},
                 "format": {"type": "csv", "quote": "'"}}
                """)
                .is(INVALID, "The mapping cannot be used: " + KNOWN)
                .faults(
                        "/dryRun: " + KNOWN,
                        "/a~1b~0c: " + KNOWN,
                        "/fields/nickname: There is no such property; known are: company, email, firstName, lastName, phone.",
                        "/format/quote: There is no such property; known are: delimiter, encoding, escape, header, headerRow, sheet, type.");
    }

    @Test
    void wrong_types_are_refused_each_with_its_pointer() {
        mapped("""
                {"target": "contacts", "orgId": 1, "fields": {"email": ["email"], "firstName": " ", "lastName": null},
                 "unmapped": true, "onExisting": "replace", "onBlank": {}, "undoable": "yes", "format": "csv",
                 "values": [], "numbers": ",", "dates": "dmy"}
                """)
                .is(INVALID, "The mapping cannot be used: This must be a string.")
                .faults(
                        "/orgId: This must be a string.",
                        "/fields/email: This must be a string.",
                        "/fields/firstName: Name the column header for firstName.",
                        "/fields/lastName: Name the column header for lastName.",
                        "/unmapped: This must be a string.",
                        "/onExisting: onExisting must be one of: update, fill, skip.",
                        "/onBlank: This must be a string.",
                        "/undoable: undoable must be true or false.",
                        "/format: format must be an object.",
                        "/values: values must be an object: field to an object, text of a cell to text to take.",
                        "/numbers: numbers must be an object.",
                        "/dates: dates must be an object.");
    }

    @Test
    void an_unknown_target_is_told_which_there_are() {
        mapped("{\"target\": \"leads\", \"fields\": {\"email\": \"email\"}}")
                .is(INVALID, "The mapping cannot be used: Name what to import into, one of: chats, contacts, messages.")
                .faults("/target: Name what to import into, one of: chats, contacts, messages.");
    }

    @Test
    void no_target_is_told_which_there_are() {
        mapped("{\"fields\": {\"email\": \"email\"}}")
                .is(INVALID, "The mapping cannot be used: Name what to import into, one of: chats, contacts, messages.")
                .faults("/target: Name what to import into, one of: chats, contacts, messages.");
    }

    @Test
    void contacts_without_an_email_column_are_refused() {
        mapped("{\"target\": \"contacts\", \"fields\": {\"firstName\": \"first\"}}")
                .is(INVALID, "The mapping cannot be used: contacts need the field email.")
                .faults("/fields/email: contacts need the field email.");
    }

    @ParameterizedTest
    @CsvSource({"\\u0000", "\\ud800", "\\udfff x", "x\\ud83d"})
    void a_header_that_cannot_be_stored_is_refused(String header) {
        String detail = "This has a character that cannot be used: U+0000 or half a surrogate pair.";
        mapped("{\"target\": \"contacts\", \"fields\": {\"email\": \"email\", \"phone\": \"" + header + "\"}}")
                .is(INVALID, "The mapping cannot be used: " + detail)
                .faults("/fields/phone: " + detail);
    }

    @Test
    void numbers_have_a_point_or_a_comma() {
        mapped("""
                {"target": "contacts", "fields": {"email": "email"}, "numbers": {"decimal": "point", "grouping": ","}}
                """)
                .faults(
                        "/numbers/grouping: There is no such property; known are: decimal.",
                        "/numbers/decimal: decimal must be one of: \".\", \",\".");
    }

    @Test
    void dates_that_cannot_be_read_are_refused_each_with_its_pointer() {
        mapped("""
                {"target": "contacts", "fields": {"email": "email"},
                 "dates": {"order": "dym", "zone": "CET", "format": "d.m.y"}}
                """)
                .faults(
                        "/dates/format: There is no such property; known are: order, zone.",
                        "/dates/order: order must be one of: dmy, mdy, ymd.",
                        "/dates/zone: There is no such time zone. Name a region such as Europe/Berlin, an offset such as"
                                + " +02:00, or UTC.");
    }

    @Test
    void unusable_values_are_refused_each_with_its_pointer() {
        mapped("""
                {"target": "contacts", "fields": {"email": "email", "phone": "phone"},
                 "values": {"company": {"x": ""}, "nickname": {"x": ""}, "email": "x",
                            "phone": {"a/b": null, "NULL": "", " NULL ": "0", "z\\u0000": ""}}}
                """)
                .is(
                        INVALID,
                        "The mapping cannot be used: Only fields that are mapped have values, and this one is not in fields.")
                .faults(
                        "/values/company: Only fields that are mapped have values, and this one is not in fields.",
                        "/values/nickname: Only fields that are mapped have values, and this one is not in fields.",
                        "/values/email: This must be an object: text of a cell to text to take.",
                        "/values/phone/a~1b: This must be a string; an empty one is for blank.",
                        "/values/phone/ NULL : Another text is the same, without the white space around it and in NFC.",
                        "/values/phone/z\0: This has a character that cannot be used: U+0000 or half a surrogate pair.");
    }

    @Test
    void an_organisation_that_is_no_uuid_is_refused() {
        mapped("{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}, \"orgId\": \"acme\"}")
                .is(INVALID, "The mapping cannot be used: orgId must be a UUID.")
                .faults("/orgId: orgId must be a UUID.");
    }

    @Test
    void an_organisation_of_others_is_forbidden() {
        String org = "00000000-0000-0000-0000-00000000abcd";
        mapped("{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}, \"orgId\": \"" + org + "\"}")
                .is("forbidden", "You are not a member of organisation " + org + ".");
    }

    @Test
    void as_many_faults_as_there_are_do_not_hide_what_to_do() {
        String unknown =
                IntStream.range(0, 3_000).mapToObj(i -> "\"p" + i + "\": 1").collect(Collectors.joining(", "));
        mapped("{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}, " + unknown + "}")
                .is(INVALID, "The mapping cannot be used: " + KNOWN);
    }

    /** In either order of the parts: the file is read after or before its mapping is refused. */
    private static Refusal mapped(String mapping) {
        Refusal refusal = Refusal.of(Send.parts(Part.mapping(mapping), FILE));
        Refusal.of(Send.parts(FILE, Part.mapping(mapping))).isProblem();
        return refusal;
    }
}
