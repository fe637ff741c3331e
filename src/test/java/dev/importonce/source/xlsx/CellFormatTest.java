package dev.importonce.source.xlsx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellFormatTest {
    @ParameterizedTest
    @CsvSource({
        "4.912345678E9, 4912345678",
        "0.30000000000000004, 0.3",
        "1.0, 1",
        "-12.50, -12.5",
        "1E-7, 0.0000001",
        "1E300, 1E+300",
        "123456789012345678, 123456789012346000",
        "oops, oops"
    })
    void a_number_without_a_format_is_shown_in_up_to_fifteen_digits(String stored, String shown) {
        assertEquals(shown, CellFormat.GENERAL.show(stored, false).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00000             | 1234     | 01234
            0.00              | 2.345    | 2.35
            #,##0.00          | 1234.5   | 1,234.50
            0%                | 0.125    | 13%
            [Red]0.0          | 1.25     | 1.3
            "No. "General     | 7        | 7
            [$€-407] #,##0.00 | 1234.5   | 1234.5
            @                 | 7.0      | 7
            """)
    void digits_are_shown_as_their_pattern_says(String code, String stored, String shown) {
        assertEquals(shown, CellFormat.of(code).show(stored, false).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dd.mm.yyyy           | 45322       | 2024-01-31
            m/d/yy               | 45322.0     | 2024-01-31
            [$-407]d. mmmm yyyy  | 45322       | 2024-01-31
            mmm-yy               | 45322       | 2024-01-31
            dd.mm.yyyy hh:mm     | 45322.5     | 2024-01-31 12:00:00
            h:mm AM/PM           | 0.75        | 18:00:00
            [h]:mm               | 1.5         | 36:00:00
            [h]:mm               | 0.5         | 12:00:00
            [hh]:mm:ss           | 400.25      | 9606:00:00
            [mm]:ss              | 0.051400463 | 01:14:01
            [h]:mm               | -0.25       | -06:00:00
            [Red][h]"h"mm        | 1           | 24:00:00
            hh:mm:ss             | 0.000011574 | 00:00:01
            yyyy-mm-dd           | 1           | 1900-01-01
            yyyy-mm-dd           | 61          | 1900-03-01
            yyyy-mm-dd           | -1          | -1
            """)
    void a_date_or_time_is_shown_in_iso_8601(String code, String stored, String shown) {
        assertEquals(shown, CellFormat.of(code).show(stored, false).text());
    }

    @ParameterizedTest
    @CsvSource({
        "14, 45322, 2024-01-31",
        "22, 45322.25, 2024-01-31 06:00:00",
        "20, 0.5, 12:00:00",
        "2, 1, 1.00",
        "0, 1, 1"
    })
    void formats_with_a_number_only_are_known(int id, String stored, String shown) {
        assertEquals(shown, CellFormat.builtIn(id).show(stored, false).text());
    }

    @ParameterizedTest
    @CsvSource({"1E2147483647, 1E+2147483647", "-7E999999999, -7E+999999999", "1E-2147483647, 1E-2147483647"})
    void a_number_is_never_shown_in_more_digits_than_people_read(String stored, String shown) {
        assertEquals(shown, CellFormat.GENERAL.show(stored, false).text());
    }

    @Test
    void more_digits_than_any_number_has_are_a_text() {
        String digits = "7".repeat(1_101);

        assertEquals(digits, CellFormat.GENERAL.show(digits, false).text());
        assertEquals(digits, CellFormat.of("0.00").show(digits, false).text());
        assertEquals(
                "7.77777777777778E+1099",
                CellFormat.GENERAL.show(digits.substring(1), false).text());
    }

    @Test
    void a_code_that_no_program_writes_shows_numbers_as_they_are() {
        assertEquals("1", CellFormat.of("0".repeat(1_001)).show("1", false).text());
        assertEquals(
                1_000, CellFormat.of("0".repeat(1_000)).show("1", false).text().length());
    }

    @ParameterizedTest
    @CsvSource({"0, 1904-01-01", "43860, 2024-01-31"})
    void a_workbook_may_count_from_1904(String stored, String shown) {
        assertEquals(shown, CellFormat.builtIn(14).show(stored, true).text());
    }
}
