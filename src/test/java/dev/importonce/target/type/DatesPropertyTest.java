package dev.importonce.target.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.target.type.Dates.Order;
import dev.importonce.target.type.Normaliser.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A moment that is written in any way is read as that moment, or refused where another is written so, too. */
class DatesPropertyTest {
    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("2999-12-30T00:00:00Z");

    /** The date first, as {@link #written} has it for an order. */
    private static final List<String> TIMES =
            List.of(" HH:mm:ss", "'T'HH:mm:ss", ", H:mm:ss", " hh:mm:ss a", " h:mm:ssa");

    @Property(tries = 3000)
    void in_the_order_and_zone_that_are_named(
            @ForAll("moments") Instant moment,
            @ForAll("zones") String zone,
            @ForAll Order order,
            @ForAll("separators") String separator,
            @ForAll boolean padded,
            @ForAll("times") String time)
            throws Refused {
        LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneId.of(zone));
        String text = written(local, order, separator, padded, time);
        Dates dates = new Dates(order, zone);

        if (ZoneId.of(zone).getRules().getValidOffsets(local).size() == 1)
            assertEquals(moment, dates.instant(text), text);
        else assertRefused("is twice in " + zone, dates, text);
    }

    @Property(tries = 3000)
    void in_an_order_that_is_not_named(
            @ForAll("moments") Instant moment,
            @ForAll Order order,
            @ForAll("separators") String separator,
            @ForAll boolean padded,
            @ForAll("times") String time)
            throws Refused {
        LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        String text = written(local, order, separator, padded, time);
        boolean sure =
                order == Order.YMD || local.getDayOfMonth() > 12 || local.getDayOfMonth() == local.getMonthValue();

        if (sure) assertEquals(moment, Dates.UNSAID.instant(text), text);
        else assertRefused("is ambiguous: ", Dates.UNSAID, text);
    }

    @Property(tries = 1000)
    void with_its_offset_in_any_zone(
            @ForAll("moments") Instant moment, @ForAll("zones") String written, @ForAll("zones") String named)
            throws Refused {
        String text = moment.atZone(ZoneId.of(written)).toOffsetDateTime().toString();

        assertEquals(moment, new Dates(null, named).instant(text), text);
    }

    @Property(tries = 2000)
    void any_local_time_is_one_that_the_zone_shows_or_is_refused(
            @ForAll("moments") Instant moment, @ForAll("zones") String zone) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        try {
            Instant read = new Dates(null, zone).instant(local.toString());
            assertEquals(local, LocalDateTime.ofInstant(read, ZoneId.of(zone)));
        } catch (Refused e) {
            assertTrue(ZoneId.of(zone).getRules().getValidOffsets(local).size() != 1, e::getMessage);
        }
    }

    @Property(tries = 2000)
    void any_text_is_a_moment_or_refused(@ForAll("texts") String text, @ForAll Order order) {
        try {
            new Dates(order, "Europe/Berlin").instant(text);
        } catch (Refused e) {
            assertTrue(e.getMessage().matches("(?:is|has|does) .*"), e::getMessage);
        }
    }

    /** Every third within a day of one at which clocks are set in Berlin. */
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(FIRST.getEpochSecond(), LAST.getEpochSecond())
                .map(Instant::ofEpochSecond);
        Arbitrary<Instant> near = Arbitraries.integers().between(2000, 2100).flatMap(year -> Arbitraries.integers()
                .between(-86_400, 86_400)
                .map(seconds -> ZoneId.of("Europe/Berlin")
                        .getRules()
                        .nextTransition(Instant.parse(year + "-07-01T00:00:00Z"))
                        .getInstant()
                        .plusSeconds(seconds)));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(2, any), net.jqwik.api.Tuple.of(1, near));
    }

    @Provide
    Arbitrary<String> zones() {
        List<String> regions = ZoneId.getAvailableZoneIds().stream()
                .filter(DatesPropertyTest::isZone)
                .sorted()
                .toList();
        return Arbitraries.oneOf(
                Arbitraries.of(regions),
                Arbitraries.of("Europe/Berlin", "America/New_York", "UTC", "+02:00", "-03:30"));
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(".", "/", "-");
    }

    @Provide
    Arbitrary<String> times() {
        return Arbitraries.of(TIMES);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("0123456789-./:+ TZAPMapm,\u0660")
                .ofMaxLength(24);
    }

    private static boolean isZone(String name) {
        try {
            Dates.zone(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String written(LocalDateTime local, Order order, String separator, boolean padded, String time) {
        String day = padded ? "dd" : "d";
        String month = padded ? "MM" : "M";
        List<String> parts =
                switch (order) {
                    case DMY -> List.of(day, month, "uuuu");
                    case MDY -> List.of(month, day, "uuuu");
                    case YMD -> List.of("uuuu", month, day);
                };
        return local.format(
                DateTimeFormatter.ofPattern(String.join("'" + separator + "'", parts) + time, Locale.ENGLISH));
    }

    private static void assertRefused(String reason, Dates dates, String text) {
        Refused refused = assertThrows(Refused.class, () -> dates.instant(text), text);
        assertTrue(refused.getMessage().startsWith(reason), refused::getMessage);
    }
}
