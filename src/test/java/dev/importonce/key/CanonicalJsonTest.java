package dev.importonce.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 8785. The expected texts are what its reference, ECMAScript, makes of the same input: {@code JSON.stringify} over
 * sorted keys.
 */
class CanonicalJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void the_published_vectors_come_out_as_published(String name) throws IOException {
        Path vectors = Path.of("src/test/resources/rfc8785");

        byte[] canonical = CanonicalJson.of(Files.readString(vectors.resolve("input/" + name + ".json")));

        assertEquals(
                Files.readString(vectors.resolve("output/" + name + ".json")),
                new String(canonical, StandardCharsets.UTF_8));
    }

    @Test
    void the_sample_of_the_rfc_comes_out_as_it_says() {
        // Sections 3.2.2 and 3.2.4
        assertCanonical("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """, """
                {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}""");
    }

    @Test
    void the_order_of_an_array_stays_and_objects_in_it_are_sorted() {
        assertCanonical("""
                [ 7, { "b": null, "20": [ ], "3": true }, [ [ ], { } ], "" ]
                """, """
                [7,{"20":[],"3":true,"b":null},[[],{}],""]""");
    }

    @Test
    void keys_are_sorted_at_every_depth_and_never_as_numbers() {
        assertCanonical("""
                { "2": { "x": { "y": [ { "d": 1, "c": 2 } ], "X": 5 }, "\\t": 8.50 }, "20": { }, "": 0, "100": [ ] }
                """, """
                {"":0,"100":[],"2":{"\\t":8.5,"x":{"X":5,"y":[{"c":2,"d":1}]}},"20":{}}""");
    }

    @Test
    void keys_are_sorted_without_a_language() {
        assertCanonical("""
                { "zone": 1, "zöne": 2, "zona": 3, "Zone": 4, "zzz": 5, "état": 6 }
                """, """
                {"Zone":4,"zona":3,"zone":1,"zzz":5,"zöne":2,"état":6}""");
    }

    @Test
    void keys_are_sorted_by_their_utf_16_code_units() {
        assertCanonical("""
                { "\\uff61": 1, "\\ud83d\\ude00": 2, "\\ue000": 3, "\\u007f": 4, "\\u0080": 5, "\\r": 6, "~": 7 }
                """, """
                {"\\r":6,"~":7,"\u007f":4,"\u0080":5,"😀":2,"\ue000":3,"｡":1}""");
    }

    @Test
    void characters_are_escaped_in_one_way_and_only_if_necessary() {
        assertCanonical("""
                [ "\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001F\\u007F", "\\/\\\\\\"\\u0027", "\\u2028\\u00e9\\u20AC\\uD83D\\uDE00", "<\\/b>" ]
                """, """
                ["\\b\\t\\n\\u000b\\f\\r\\u001f\u007f","/\\\\\\"'","\u2028é€😀","</b>"]""");
    }

    @Test
    void composed_and_decomposed_letters_stay_what_they_are() {
        assertCanonical("""
                { "A\\u030a": "A\\u030a", "\\u00c5": "\\u00c5", "\\u212b": "\\u212b" }
                """, "{\"A\u030a\":\"A\u030a\",\"\u00c5\":\"\u00c5\",\"\u212b\":\"\u212b\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10.0", "1E1", "1e+1", "100e-1", "0.1e2", "10.000000000000000001"})
    void a_number_has_one_spelling(String spelling) {
        assertCanonical("[" + spelling + "]", "[10]");
    }

    /** RFC 8785, appendix B: IEEE 754 bits and their text. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            0000000000000000 0
            8000000000000000 0
            0000000000000001 5e-324
            8000000000000001 -5e-324
            7fefffffffffffff 1.7976931348623157e+308
            ffefffffffffffff -1.7976931348623157e+308
            4340000000000000 9007199254740992
            c340000000000000 -9007199254740992
            4430000000000000 295147905179352830000
            44b52d02c7e14af5 9.999999999999997e+22
            44b52d02c7e14af6 1e+23
            44b52d02c7e14af7 1.0000000000000001e+23
            444b1ae4d6e2ef4e 999999999999999700000
            444b1ae4d6e2ef4f 999999999999999900000
            444b1ae4d6e2ef50 1e+21
            3eb0c6f7a0b5ed8c 9.999999999999997e-7
            3eb0c6f7a0b5ed8d 0.000001
            41b3de4355555553 333333333.3333332
            41b3de4355555554 333333333.33333325
            41b3de4355555555 333333333.3333333
            41b3de4355555556 333333333.3333334
            41b3de4355555557 333333333.33333343
            becbf647612f3696 -0.0000033333333333333333
            43143ff3c1cb0959 1424953923781206.2
            """)
    void a_number_is_written_as_the_rfc_samples_it(String bits, String text) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertCanonical("[" + new BigDecimal(number) + "]", "[" + text + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[1,]", "[1] [2]", "[NaN]", "[1e400]", "[tru]", "{\"a\":1,\"a\":2}", "[\"\t\"]"})
    void what_is_not_json_has_no_canonical_form(String text) {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"\\ud800\"]", "[\"\\ude00\\ud83d\"]", "{\"\\udfff\":1}"})
    void half_a_surrogate_pair_has_no_canonical_form(String text) {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(text));
    }

    private static void assertCanonical(String json, String expected) {
        assertEquals(expected, new String(CanonicalJson.of(json), StandardCharsets.UTF_8));
    }
}
