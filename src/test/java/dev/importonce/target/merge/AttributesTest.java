package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Targets;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Normaliser.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What becomes of the columns that no field names. */
class AttributesTest {
    private static final Target PEOPLE = Targets.withAttributes("people", Field.text("name", 10));

    @Property(tries = 1000)
    void any_name_and_any_value_make_json_that_reads_as_they_are(
            @ForAll("texts") String name, @ForAll("texts") String value, @ForAll("texts") String other)
            throws Refused, JsonProcessingException {
        Assume.that(!name.equals("other"));
        Map<String, String> expected = new LinkedHashMap<>();
        String first = Cells.unwrapped(value);
        String second = Cells.unwrapped(other);
        if (!Cells.clean(first).isEmpty()) expected.put(name, first);
        if (!Cells.clean(second).isEmpty()) expected.put("other", second);

        String json = attributes(name, false, value, other);

        assertEquals(expected, json == null ? Map.of() : read(json));
    }

    @Example
    void cells_that_are_blank_are_no_attributes() throws Refused, JsonProcessingException {
        assertNull(attributes("city", false, "", " \u00a0\t"));
        assertEquals(Map.of("other", "x"), read(attributes("city", false, "\u00a0", "x")));
    }

    @Example
    void a_value_is_kept_as_it_is_written() throws Refused, JsonProcessingException {
        assertEquals(
                Map.of("city", " Bonn ", "other", "e\u0301"), read(attributes("city", false, " Bonn ", "e\u0301")));
    }

    @Example
    void attributes_stand_in_the_order_of_the_file() throws Refused {
        assertEquals("{\"z\":\"1\",\"other\":\"2\"}", attributes("z", false, "1", "2"));
    }

    @Example
    void guards_are_taken_off_in_a_corrected_file_only() throws Refused, JsonProcessingException {
        assertEquals(Map.of("city", "=1", "other", "'x"), read(attributes("city", true, "'=1", "'x")));
        assertEquals(Map.of("city", "'=1", "other", "'x"), read(attributes("city", false, "'=1", "'x")));
    }

    @Example
    void a_character_that_cannot_be_stored_is_refused() {
        assertReason("city \"a\uFFFD\" has a character that cannot be stored: U+0000 or half a surrogate pair.", "a\0");
        assertReason("city \"\uFFFD\" has a character that cannot be stored: U+0000 or half a surrogate pair.", "\0");
    }

    @Example
    void a_value_may_be_as_long_as_the_limit_and_no_longer() throws Refused, JsonProcessingException {
        String longest = "é".repeat(RowMapper.MAX_ATTRIBUTE);

        assertEquals(Map.of("city", longest), read(attributes("city", false, longest, "")));
        assertReason("city \"" + "é".repeat(60) + "…\" is longer than 10000 characters.", longest + "x");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u0085\u00a0 \u2028\u2029\ufeff\uffffaé'=")
                .ofMaxLength(12);
        Arbitrary<String> pairs = Arbitraries.of("😀", "\ud83d\ude00\"", "\udbff\udfff");
        return Arbitraries.oneOf(odd, pairs, Arbitraries.strings().ofMaxLength(40))
                .filter(text -> text.indexOf('\0') < 0);
    }

    private static void assertReason(String reason, String value) {
        assertEquals(
                reason,
                assertThrows(Refused.class, () -> attributes("city", false, value, ""))
                        .getMessage());
    }

    private static String attributes(String name, boolean corrected, String value, String other) throws Refused {
        Map<String, Integer> columns = new LinkedHashMap<>();
        columns.put(name, 1);
        columns.put("other", 2);
        Layout layout = new Layout(List.of("name", name, "other"), Map.of("name", 0), columns, corrected);
        return new RowMapper(PEOPLE, layout, new java.util.UUID(0, 1)).attributes(List.of("ann", value, other));
    }

    private static Map<String, String> read(String json) throws JsonProcessingException {
        return new ObjectMapper().readValue(json, new TypeReference<>() {});
    }
}
