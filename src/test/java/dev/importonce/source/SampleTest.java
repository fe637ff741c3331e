package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void the_delimiter_is_the_one_that_gives_the_most_header_columns(String delimiter) {
        assertEquals(
                delimiter, delimiterOf("e-mail" + delimiter + "first" + delimiter + "last\n,,,,;;;;||||\t\t\t\t\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            "a,b,c";d         > ;
            name, first;e-mail;tel > ;
            a|b,c|d           > |
            a;b,c             > ,
            e-mail            > ,
            """)
    void quoted_delimiters_do_not_count_and_a_tie_gives_the_comma(String header, String delimiter) {
        assertEquals(delimiter, delimiterOf(header + "\n1\n"));
    }

    @Test
    void blank_lines_and_a_byte_order_mark_at_the_start_are_ignored() {
        assertEquals(";", delimiterOf("\uFEFF\r\n\n\"a,b\";c\n"));
    }

    @Test
    void an_empty_file_or_an_open_quote_still_has_a_delimiter() {
        assertEquals(";", delimiterOf("a;b;c"));
        assertEquals(",", delimiterOf("\"a;b;c"));
        assertEquals(",", delimiterOf(""));
    }

    @Test
    void a_sample_that_ends_inside_a_character_is_read_up_to_there() {
        byte[] bytes = "a;b;é".getBytes(StandardCharsets.UTF_8);

        assertEquals(
                ";",
                new Sample(Arrays.copyOf(bytes, bytes.length - 1))
                        .format(FormatHint.NONE)
                        .delimiter());
    }

    @Test
    void everything_is_read_as_csv_in_utf_8() {
        assertEquals(Format.UTF8_CSV, new Sample(new byte[0]).format(FormatHint.NONE));
    }

    @ParameterizedTest
    @CsvSource({"EFBBBF61, 3", "EFBBBF, 3", "EFBB, 0", "61EFBBBF, 0", "FEFF61, 0", "'', 0"})
    void a_byte_order_mark_is_three_bytes_at_the_very_beginning(String hex, int length) {
        assertEquals(length, new Sample(java.util.HexFormat.of().parseHex(hex)).markLength());
    }

    private static String delimiterOf(String text) {
        return new Sample(text.getBytes(StandardCharsets.UTF_8))
                .format(FormatHint.NONE)
                .delimiter();
    }
}
