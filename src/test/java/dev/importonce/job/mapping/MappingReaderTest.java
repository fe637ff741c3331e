package dev.importonce.job.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Mappings;
import dev.importonce.job.FuzzMapping;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.format.FormatHint;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
    private static final String LEAST = "{\"target\":\"contacts\",\"fields\":{\"email\":\"E-Mail\"}}";

    @Test
    void what_a_mapping_does_not_say_is_filled_in() {
        Mapping mapping = Mappings.read(LEAST);

        assertEquals("contacts", mapping.target());
        assertEquals(Mappings.ORG, mapping.orgId());
        assertEquals(Map.of("email", "E-Mail"), mapping.fields());
        assertEquals(Mapping.Unmapped.IGNORE, mapping.unmapped());
        assertEquals(Mapping.OnExisting.UPDATE, mapping.onExisting());
        assertEquals(Mapping.OnBlank.KEEP, mapping.onBlank());
        assertFalse(mapping.undoable());
        assertNull(mapping.format());
        assertNull(mapping.values());
        assertNull(mapping.dates());
    }

    /** The short form of the fuzzing. */
    @Test
    void every_start_of_a_mapping_is_a_mapping_or_a_problem() {
        byte[] mapping = LEAST.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= mapping.length; length++)
            FuzzMapping.fuzzerTestOneInput(Arrays.copyOf(mapping, length));
    }

    @Test
    void what_a_mapping_says_is_taken_over() {
        Mapping mapping = Mappings.read("""
                {"target": "contacts", "orgId": "00000000-0000-0000-0000-00000000000B",
                 "fields": {"firstName": "First", "email": "E-Mail"},
                 "unmapped": "attributes", "onExisting": "skip", "onBlank": "clear", "undoable": false,
                 "format": {"type": "csv", "delimiter": "\\t", "encoding": "UTF-8"},
                 "values": {"firstName": {"NULL": "", "\\\\N": "x"}},
                 "numbers": {"decimal": ","}, "dates": {"order": "ymd", "zone": "Europe/Berlin"}}
                """);

        assertEquals(
                new Mapping(
                        "contacts",
                        Mappings.OTHER_ORG,
                        Map.of("email", "E-Mail", "firstName", "First"),
                        Mapping.Unmapped.ATTRIBUTES,
                        Mapping.OnExisting.SKIP,
                        Mapping.OnBlank.CLEAR,
                        false,
                        new FormatHint("csv", "\t", "UTF-8", null, null, null, null),
                        Map.of("firstName", Map.of("NULL", "", "\\N", "x")),
                        new Numbers(Numbers.Sign.COMMA),
                        new Dates(Dates.Order.YMD, "Europe/Berlin")),
                mapping);
        assertEquals(List.of("email", "firstName"), List.copyOf(mapping.fields().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF8", "Utf-8"})
    void an_encoding_has_one_name_whatever_it_is_called(String name) {
        assertEquals(
                "UTF-8",
                Mappings.read(with("\"format\":{\"encoding\":\"" + name + "\"}"))
                        .hint()
                        .encoding());
    }

    @Test
    void a_null_says_nothing() {
        assertEquals(Mappings.read(LEAST), Mappings.read("""
                {"target": "contacts", "fields": {"email": "E-Mail"}, "orgId": null, "unmapped": null, "onExisting": null,
                 "onBlank": null, "undoable": null, "format": null, "values": null, "numbers": null, "dates": null}
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":null}", "{\"delimiter\":null,\"encoding\":null,\"sheet\":null}"})
    void a_format_that_says_nothing_is_none(String format) {
        assertEquals(Mappings.read(LEAST), Mappings.read(with("\"format\":" + format)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"decimal\":null}"})
    void numbers_of_which_nothing_is_said_are_none(String numbers) {
        assertEquals(Mappings.read(LEAST), Mappings.read(with("\"numbers\":" + numbers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"order\":null}", "{\"order\":null,\"zone\":null}"})
    void dates_of_which_nothing_is_said_are_none(String dates) {
        assertEquals(Mappings.read(LEAST), Mappings.read(with("\"dates\":" + dates)));
    }

    @Test
    void a_zone_has_one_spelling() {
        assertEquals(
                "+02:00",
                Mappings.read(with("\"dates\":{\"zone\":\"+2\"}")).dates().zone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"email\":{}}"})
    void values_that_replace_nothing_are_none(String values) {
        assertEquals(Mappings.read(LEAST), Mappings.read(with("\"values\":" + values)));
    }

    @Test
    void values_are_clean_as_cells_are() {
        Mapping mapping = Mappings.read(with("\"values\":{\"email\":{\"\\u00a0e\\u0301 \":\" x \",\"-\":\" \"}}"));

        assertEquals(Map.of("email", Map.of("\u00e9", "x", "-", "")), mapping.values());
    }

    @Test
    void there_are_at_most_1000_values_of_at_most_10000_characters() {
        String thousand =
                IntStream.range(0, 1_000).mapToObj(i -> "\"v" + i + "\":\"\"").collect(Collectors.joining(","));

        assertEquals(
                1_000,
                Mappings.read(with("\"values\":{\"email\":{" + thousand + "}}"))
                        .values()
                        .get("email")
                        .size());
        assertEquals("/values", pointers(with("\"values\":{\"email\":{" + thousand + ",\"x\":\"\"}}")));
        assertEquals(
                10_000,
                Mappings.read(with("\"values\":{\"email\":{\"x\":\"" + "y".repeat(10_000) + "\"}}"))
                        .values()
                        .get("email")
                        .get("x")
                        .length());
        assertEquals(
                "/values/email/x", pointers(with("\"values\":{\"email\":{\"x\":\"" + "y".repeat(10_001) + "\"}}")));
        String tooLong = "y".repeat(10_001);
        assertEquals("/values/email/" + tooLong, pointers(with("\"values\":{\"email\":{\"" + tooLong + "\":\"\"}}")));
    }

    @Test
    void strings_are_in_nfc() {
        Mapping mapping = Mappings.read("{\"target\":\"contacts\",\"fields\":{\"email\":\"Me\u0301l\"}}");

        assertEquals("M\u00e9l", mapping.fields().get("email"));
    }

    @Test
    void a_stored_mapping_reads_as_it_was() {
        Mapping mapping = Mappings.read(with(
                "\"unmapped\":\"attributes\",\"format\":{\"delimiter\":\";\"},\"values\":{\"email\":{\"-\":\"\",\"\":\"x\"}},"
                        + "\"numbers\":{\"decimal\":\".\"},\"dates\":{\"order\":\"dmy\",\"zone\":\"UTC\"}"));

        assertEquals(mapping, Mappings.READER.stored(Mappings.resolved(mapping)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            {"fields":{"email":"E"}}                                     > /target
            {"target":"chats","fields":{"email":"E"}}                    > /target
            {"target":1,"fields":{"email":"E"}}                          > /target
            {"target":"contacts"}                                        > /fields
            {"target":"contacts","fields":["E"]}                         > /fields
            {"target":"contacts","fields":{}}                            > /fields/email
            {"target":"contacts","fields":{"firstName":"F"}}             > /fields/email
            {"target":"contacts","fields":{"email":"E","mail":"M"}}      > /fields/mail
            {"target":"contacts","fields":{"email":"E","a/b~c":"M"}}     > /fields/a~1b~0c
            {"target":"contacts","fields":{"email":""}}                  > /fields/email
            {"target":"contacts","fields":{"email":" "}}                 > /fields/email
            {"target":"contacts","fields":{"email":null}}                > /fields/email
            {"target":"contacts","fields":{"email":7}}                   > /fields/email
            {"target":"contacts","fields":{"email":["E"]}}               > /fields/email
            {"target":"contacts","fields":{"email":"E\\u0000"}}          > /fields/email
            {"target":"contacts","fields":{"email":"E\\ud800"}}          > /fields/email
            {"target":"contacts","fields":{"email":"\\ude00\\ud83d"}}    > /fields/email
            """)
    void a_mapping_without_target_or_proper_fields_is_refused(String json, String pointers) {
        assertEquals(pointers, pointers(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            "onexisting":"skip"              > /onexisting
            "a/b~":1                         > /a~1b~0
            "orgId":"mine"                   > /orgId
            "orgId":""                       > /orgId
            "orgId":5                        > /orgId
            "unmapped":"IGNORE"              > /unmapped
            "unmapped":true                  > /unmapped
            "onExisting":"replace"           > /onExisting
            "onExisting":""                  > /onExisting
            "onBlank":"skip"                 > /onBlank
            "undoable":"false"               > /undoable
            "undoable":0                     > /undoable
            "undoable":"true"                > /undoable
            "undoable":true                  > /undoable
            "format":"csv"                   > /format
            "format":[]                      > /format
            "format":{"quote":"'"}           > /format/quote
            "format":{"type":"xls"}          > /format/type
            "format":{"type":1}              > /format/type
            "format":{"delimiter":"\\n"}     > /format/delimiter
            "format":{"delimiter":"\\""}     > /format/delimiter
            "format":{"delimiter":"😀"}      > /format/delimiter
            "format":{"escape":"\\\\\\\\"}     > /format/escape
            "format":{"delimiter":";","escape":";"}     > /format/escape
            "format":{"type":"xlsx","escape":"!"}       > /format/escape
            "format":{"headerRow":0}         > /format/headerRow
            "format":{"headerRow":1.5}       > /format/headerRow
            "format":{"headerRow":"3"}       > /format/headerRow
            "format":{"headerRow":1048577}   > /format/headerRow
            "format":{"type":"json","headerRow":3}      > /format/headerRow
            "format":{"header":"no"}         > /format/header
            "format":{"type":"ndjson","header":false}   > /format/header
            "format":{"headerRow":3,"header":false}     > /format/headerRow
            "format":{"delimiter":",,"}      > /format/delimiter
            "format":{"delimiter":""}        > /format/delimiter
            "format":{"encoding":"latin-99"} > /format/encoding
            "format":{"encoding":"?"}        > /format/encoding
            "format":{"type":"json","delimiter":","}    > /format/delimiter
            "format":{"type":"tsv","delimiter":";"}     > /format/delimiter
            "format":{"type":"xlsx","encoding":"utf-8"} > /format/encoding
            "format":{"type":"csv","sheet":"Sheet1"}    > /format/sheet
            "numbers":{"decimal":"x"}                   > /numbers/decimal
            "numbers":{"decimal":1}                     > /numbers/decimal
            "dates":"dmy"                               > /dates
            "dates":{"format":"d.m.y"}                  > /dates/format
            "dates":{"order":"DMY"}                     > /dates/order
            "dates":{"order":"ydm"}                     > /dates/order
            "dates":{"order":1}                         > /dates/order
            "dates":{"zone":"EST"}                      > /dates/zone
            "dates":{"zone":"Europe/Bonn"}              > /dates/zone
            "dates":{"zone":""}                         > /dates/zone
            "dates":{"zone":2}                          > /dates/zone
            "values":[]                                 > /values
            "values":{"company":{"-":""}}               > /values/company
            "values":{"a/b":{"-":""}}                   > /values/a~1b
            "values":{"email":"-"}                      > /values/email
            "values":{"email":null}                     > /values/email
            "values":{"email":{"-":null}}               > /values/email/-
            "values":{"email":{"a/b~":1}}               > /values/email/a~1b~0
            "values":{"email":{"x":"\\u0000"}}           > /values/email/x
            "values":{"email":{"x":"\\ud800"}}           > /values/email/x
            "values":{"email":{"x":"1"," x":"1"}}       > /values/email/ x
            """)
    void a_property_that_is_unknown_or_has_no_such_value_is_refused(String property, String pointer) {
        assertEquals(pointer, pointers(with(property)));
    }

    @Test
    void of_several_faults_at_one_place_the_first_is_told() {
        Fault fault = refused("{\"target\":\"contacts\",\"fields\":{\"email\":7}}")
                .problem()
                .errors()
                .get(0);

        assertEquals("This must be a string.", fault.detail());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertEquals(
                "/extra /orgId /fields/mail /fields/email /unmapped /format/sheet",
                pointers(
                        "{\"target\":\"contacts\",\"extra\":1,\"orgId\":\"x\",\"fields\":{\"mail\":\"M\"},\"unmapped\":\"x\","
                                + "\"format\":{\"type\":\"csv\",\"sheet\":\"S\"}}"));
    }

    @Test
    void an_organisation_of_others_is_forbidden() {
        assertEquals(
                ProblemType.FORBIDDEN,
                refused(with("\"orgId\":\"00000000-0000-0000-0000-00000000000c\""))
                        .type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"target\"}",
                "{'target':'contacts'}",
                "{\"target\":\"contacts\",}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\t\"}",
                "{} {}",
                "{}x",
                "{}]",
                "/**/{}",
                "[]",
                "null",
                "\"{}\"",
                "5",
                "{\"a\":\"\\x\"}",
                "{\"a\":tru}"
            })
    void what_is_not_one_json_object_is_malformed(String json) {
        assertMalformed(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\":\"contacts\",\"target\":\"contacts\",\"fields\":{\"email\":\"E\"}}",
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\",\"email\":\"M\"}}",
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\",\"em\\u0061il\":\"M\"}}",
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"},\"format\":{\"type\":\"csv\",\"type\":\"csv\"}}"
            })
    void a_key_that_occurs_twice_is_malformed(String json) {
        ProblemException problem = assertMalformed(json);

        assertTrue(problem.getMessage().contains("Duplicate"), problem.getMessage());
    }

    @Test
    void nesting_has_a_limit() {
        assertEquals("/extra", pointers(with("\"extra\":" + "[".repeat(7) + "]".repeat(7))));
        assertMalformed(with("\"extra\":" + "[".repeat(8) + "]".repeat(8)));
        assertMalformed("[".repeat(60_000));
    }

    @Test
    void bytes_that_are_not_utf_8_are_malformed() {
        byte[] latin1 =
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"M\u00e9l\"}}".getBytes(StandardCharsets.ISO_8859_1);

        ProblemException problem =
                assertThrows(ProblemException.class, () -> Mappings.READER.read(Mappings.CALLER, latin1, true));

        assertEquals(ProblemType.MALFORMED_REQUEST, problem.type());
    }

    @Test
    void a_mapping_larger_than_the_limit_is_not_read() {
        String most = " ".repeat(MappingReader.MAX_BYTES - LEAST.length()) + LEAST;

        assertEquals(Mappings.read(LEAST), Mappings.read(most));
        assertEquals(ProblemType.TOO_LARGE, refused(most + " ").type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":[[[[[[[[[[]]]]]]]]]]}",
                "{\"a\":\"",
                "{\"a\":\"\\ud8\"}",
                "{\"a\":-}"
            })
    void a_refusal_shows_nothing_of_the_library_that_reads(String json) {
        String detail = assertMalformed(json).getMessage();

        assertFalse(detail.matches("(?s).*([a-z]\\.[a-z]|[a-z][A-Z]|`|Source|Exception).*"), detail);
    }

    @Test
    void overlong_numbers_are_malformed_without_asking_the_library() {
        String detail = assertMalformed("{\"a\":" + "9".repeat(2000) + "}").getMessage();

        assertFalse(detail.contains("`"), detail);
    }

    private static String with(String property) {
        return LEAST.substring(0, LEAST.length() - 1) + "," + property + "}";
    }

    private static ProblemException refused(String json) {
        return assertThrows(ProblemException.class, () -> Mappings.read(json));
    }

    private static ProblemException assertMalformed(String json) {
        ProblemException problem = refused(json);
        assertEquals(ProblemType.MALFORMED_REQUEST, problem.type(), problem.getMessage());
        return problem;
    }

    private static String pointers(String json) {
        ProblemException problem = refused(json);
        assertEquals(ProblemType.INVALID_MAPPING, problem.type(), problem.getMessage());
        return String.join(
                " ", problem.problem().errors().stream().map(Fault::pointer).toList());
    }
}
