package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Dates.Order;
import dev.importonce.target.type.Normaliser.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    private static final String NO_TIME = "is not a time such as 2030-01-31T09:00:00Z";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            2030-01-31T09:00:00Z,            2030-01-31T09:00:00Z
            2030-01-31T09:00Z,               2030-01-31T09:00:00Z
            2030-01-31t09:00z,               2030-01-31T09:00:00Z
            2030-01-31T09:00:00+01:00,       2030-01-31T08:00:00Z
            2030-01-31T09:00-03:30,          2030-01-31T12:30:00Z
            2030-01-31T09:00:00+01,          2030-01-31T08:00:00Z
            2030-01-31T09:00:00+0100,        2030-01-31T08:00:00Z
            2030-01-31T09:00:00+01:00:01,    2030-01-31T07:59:59Z
            2030-01-31 09:00:00+01:00,       2030-01-31T08:00:00Z
            2030-01-31 09:00:00 +0100,       2030-01-31T08:00:00Z
            2030-01-31T09:00:00.5Z,          2030-01-31T09:00:00.500Z
            2030-01-31T09:00:00.123456789Z,  2030-01-31T09:00:00.123456789Z
            `2030-01-31T09:00:00,25Z`,       2030-01-31T09:00:00.250Z
            """)
    void a_time_with_an_offset_is_one_moment_whatever_the_zone(String text, Instant instant) throws Refused {
        assertEquals(instant, Dates.UNSAID.instant(text));
        assertEquals(instant, new Dates(Order.MDY, "Asia/Tokyo").instant(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-31 09:00:00,        2030-01-31T09:00:00Z, 2030-01-31T08:00:00Z",
        "2030-01-31T09:00,           2030-01-31T09:00:00Z, 2030-01-31T08:00:00Z",
        "2030-01-31 9:00,            2030-01-31T09:00:00Z, 2030-01-31T08:00:00Z",
        "2030-01-31  09:00,          2030-01-31T09:00:00Z, 2030-01-31T08:00:00Z",
        "2030-01-31 09:00:00.25,     2030-01-31T09:00:00.250Z, 2030-01-31T08:00:00.250Z",
        "2030-01-31,                 2030-01-31T00:00:00Z, 2030-01-30T23:00:00Z",
        "2030-07-31,                 2030-07-31T00:00:00Z, 2030-07-30T22:00:00Z",
        "2030/01/31 09:00,           2030-01-31T09:00:00Z, 2030-01-31T08:00:00Z",
        "2030.1.31,                  2030-01-31T00:00:00Z, 2030-01-30T23:00:00Z",
        "2030-01-31 09:00 PM,        2030-01-31T21:00:00Z, 2030-01-31T20:00:00Z",
        "2030-01-31 12:00am,         2030-01-31T00:00:00Z, 2030-01-30T23:00:00Z",
        "2030-01-31 12:30\u202fPM,   2030-01-31T12:30:00Z, 2030-01-31T11:30:00Z",
        "2028-02-29,                 2028-02-29T00:00:00Z, 2028-02-28T23:00:00Z"
    })
    void a_time_without_an_offset_is_in_the_zone_or_else_in_utc(String text, Instant utc, Instant berlin)
            throws Refused {
        assertEquals(utc, Dates.UNSAID.instant(text));
        assertEquals(berlin, new Dates(null, "Europe/Berlin").instant(text));
        // Whatever the order is, the year is first.
        for (Order order : Order.values()) assertEquals(utc, new Dates(order, "UTC").instant(text));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            31.01.2030,              2030-01-31T00:00:00Z
            31.1.2030 9:00,          2030-01-31T09:00:00Z
            `31.01.2030, 09:00:00`,  2030-01-31T09:00:00Z
            01/31/2030 09:00,        2030-01-31T09:00:00Z
            1/31/2030 9:00 PM,       2030-01-31T21:00:00Z
            31-01-2030,              2030-01-31T00:00:00Z
            13/12/2030,              2030-12-13T00:00:00Z
            12/13/2030,              2030-12-13T00:00:00Z
            05.05.2030,              2030-05-05T00:00:00Z
            29/02/2028,              2028-02-29T00:00:00Z
            31.01.2030T09:00+01:00,  2030-01-31T08:00:00Z
            """)
    void a_date_that_can_be_one_day_alone_needs_no_order(String text, Instant instant) throws Refused {
        assertEquals(instant, Dates.UNSAID.instant(text));
    }

    @Test
    void a_date_that_can_be_two_days_needs_the_order() throws Refused {
        assertEquals(
                "is ambiguous: it may be 2030-04-03 or 2030-03-04; set dates.order in the mapping to dmy or mdy",
                refused(Dates.UNSAID, "03/04/2030"));
        assertTrue(refused(new Dates(null, "UTC"), "1.12.2030 09:00").startsWith("is ambiguous: "));
        assertEquals(Instant.parse("2030-04-03T00:00:00Z"), new Dates(Order.DMY, null).instant("03/04/2030"));
        assertEquals(Instant.parse("2030-03-04T00:00:00Z"), new Dates(Order.MDY, null).instant("03/04/2030"));
    }

    @Test
    void a_date_in_another_order_than_the_named_one_is_refused() {
        assertEquals(
                "is not a date in the order dmy, which dates.order names",
                refused(new Dates(Order.DMY, null), "01/31/2030"));
        assertEquals(
                "is not a date in the order mdy, which dates.order names",
                refused(new Dates(Order.MDY, null), "31.01.2030"));
        assertEquals(
                "is not a date in the order ymd, which dates.order names",
                refused(new Dates(Order.YMD, null), "31.01.2030"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/31/30", "31.01.30", "30-01-31", "01/02/03 09:00"})
    void a_year_of_two_digits_is_not_decided(String text) {
        for (Order order : new Order[] {null, Order.DMY, Order.MDY, Order.YMD})
            assertEquals("has a year of two digits: write it with four", refused(new Dates(order, null), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomorrow",
                "",
                "2030",
                "2030-01",
                "09:00",
                "2030-02-30",
                "2030-13-01",
                "2030-00-10",
                "2030-01-31T24:00",
                "2030-01-31T09",
                "2030-01-31T09:60",
                "2030-01-31T09:00:60",
                "2030-01-31T9:0",
                "2030-01-31T13:00 PM",
                "2030-01-31T00:00 AM",
                "2030-01-31T09:00:00.Z",
                "2030-01-31T09:00:00.1234567890Z",
                "2030-01-31T09:00:00+19:00",
                "2030-01-31T09:00:00 CET",
                "2030-01-31T09:00:00+01:00[Europe/Berlin]",
                "2030-01-31Z",
                "2030-01-31T",
                "2030-01-31 09:00 x",
                "x 2030-01-31",
                "31.31.2030",
                "30/02/2030",
                "29.02.2030",
                "0/0/2030",
                "31.01/2030",
                "31.01.203",
                "131.01.2030",
                "31.001.2030",
                "+12030-01-31T09:00:00Z",
                "12030-01-31",
                "47514",
                "1893574800",
                "２０３０-01-31"
            })
    void what_is_no_time_is_refused(String text) {
        assertEquals(NO_TIME, refused(Dates.UNSAID, text));
    }

    @Test
    void a_time_that_clocks_are_set_forward_over_is_refused() {
        Dates berlin = new Dates(null, "Europe/Berlin");

        assertEquals(
                "does not exist in Europe/Berlin: the clocks are set forward over it",
                refused(berlin, "2030-03-31 02:30"));
        assertEquals(
                "does not exist in America/Santiago: the clocks are set forward over it",
                refused(new Dates(null, "America/Santiago"), "2024-09-08"));
    }

    @Test
    void a_time_that_occurs_twice_is_refused_without_an_offset() throws Refused {
        Dates berlin = new Dates(null, "Europe/Berlin");

        assertEquals(
                "is twice in Europe/Berlin, since the clocks are set back: write it as 2030-10-27T02:30+02:00 or"
                        + " 2030-10-27T02:30+01:00",
                refused(berlin, "2030-10-27 02:30"));
        assertEquals(Instant.parse("2030-10-27T01:30:00Z"), berlin.instant("2030-10-27 02:30+01:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,                    Europe/Berlin",
        "America/Argentina/Buenos_Aires,   America/Argentina/Buenos_Aires",
        "Etc/UTC,                          Etc/UTC",
        "UTC,                              UTC",
        "GMT,                              GMT",
        "+02:00,                           +02:00",
        "+2,                               +02:00",
        "-0330,                            -03:30"
    })
    void a_zone_is_a_region_or_an_offset(String name, String zone) {
        assertEquals(zone, Dates.zone(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "EST",
                "CET",
                "MST",
                "IST",
                "UCT",
                "GB",
                "SystemV/EST5",
                "europe/berlin",
                "Europe/Bonn",
                "UTC+2",
                "GMT+02:00",
                "+19:00",
                "+",
                "+02:00 ",
                "Berlin"
            })
    void what_is_no_zone_for_sure_is_refused(String name) {
        assertThrows(DateTimeException.class, () -> Dates.zone(name));
    }

    private static String refused(Dates dates, String text) {
        return assertThrows(Refused.class, () -> dates.instant(text)).getMessage();
    }
}
