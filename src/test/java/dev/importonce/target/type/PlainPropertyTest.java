package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Normaliser.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;

/** What is taken for a value without being read is the same as if it were read, and almost every cell is. */
class PlainPropertyTest {
    @Property(tries = 5000)
    void decimals_that_are_not_read_are_as_they_would_be(
            @ForAll @CharRange(from = '-', to = '9') @StringLength(max = 9) String text,
            @ForAll @WithNull(0.4) @IntRange(max = 4) Integer scale) {
        if (!Plain.isDecimal(text, scale)) return;
        BigDecimal number = new BigDecimal(text);
        assertEquals(text, number.toPlainString());
        assertTrue(scale == null || number.stripTrailingZeros().scale() <= scale, text);
        assertEquals(text, said(() -> Numbers.UNSAID.number(text).toPlainString()));
    }

    @Property
    void prices_are_not_read(@ForAll @IntRange(max = 1_000_000) int cents) {
        assertTrue(Plain.isDecimal(BigDecimal.valueOf(cents, 2).toPlainString(), 2));
    }

    @Property(tries = 3000)
    void times_that_are_not_read_are_as_they_would_be_read(
            @ForAll @IntRange(max = 9999) int year,
            @ForAll @IntRange(max = 13) int month,
            @ForAll @IntRange(max = 32) int day,
            @ForAll @IntRange(max = 25) int hour,
            @ForAll @IntRange(max = 61) int minute) {
        String date = String.format("%04d-%02d-%02d", year, month, day);
        String moment = String.format("%sT%02d:%02d:%02dZ", date, hour, minute, minute);

        if (Plain.isDay(date))
            assertEquals(date, said(() -> Dates.UNSAID.day(date).toString()));
        if (Plain.isMoment(moment))
            assertEquals(moment, said(() -> Dates.UNSAID.instant(moment).toString()));
    }

    @Property
    void most_days_and_moments_are_not_read(@ForAll @LongRange(max = 32_000_000_000L) long second) {
        Instant moment = Instant.ofEpochSecond(second);
        int day = LocalDate.parse(moment.toString().substring(0, 10)).getDayOfMonth();

        assertEquals(day <= 28, Plain.isMoment(moment.toString()), moment::toString);
        assertEquals(day <= 28, Plain.isDay(moment.toString().substring(0, 10)), moment::toString);
    }

    private static String said(Reading reading) {
        try {
            return reading.read();
        } catch (Refused e) {
            return e.getMessage();
        }
    }

    private interface Reading {
        String read() throws Refused;
    }
}
