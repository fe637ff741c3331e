package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.importonce.words.Sentence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFaultsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "row-too-long",
                "cell-of-several-lines",
                "cell-with-quotes",
                "line-not-object",
                "line-not-array",
                "element-not-object",
                "element-not-array",
                "something-follows-object",
                "something-follows-array"
            })
    void a_fault_with_a_number_is_found_again(String code) {
        for (long number : new long[] {0, 1, 1_048_576, Long.MAX_VALUE}) {
            Sentence fault = Sentence.of(code, number);
            assertEquals(fault, FileFaults.of(fault.english()));
        }
    }

    @Test
    void a_fault_with_two_numbers_is_found_again() {
        Sentence fault = Sentence.of("line-not-json", 12, 3);
        assertEquals(fault, FileFaults.of(fault.english()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "",
                "a\" twice. The row has \"b",
                "\" twice.",
                "Line 5 is not an object.",
                "two\nlines",
                "Cell 1 has quotes",
                "x\\E(.*)"
            })
    void a_property_is_found_again_whatever_its_name_is(String name) {
        Sentence fault = Sentence.of("property-twice", name);
        assertEquals(fault, FileFaults.of(fault.english()));
    }

    @Test
    void another_fault_is_said_as_it_is() {
        Sentence fault = FileFaults.of("Line 3 is no object, said another version.");

        assertNull(fault.code());
        assertEquals(Map.of(), fault.parameters());
        assertEquals("Line 3 is no object, said another version.", fault.english());
    }
}
