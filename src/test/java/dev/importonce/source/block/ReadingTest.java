package dev.importonce.source.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Table;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.FuzzSeeds;
import dev.importonce.source.Renderer;
import dev.importonce.source.Sample;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.xlsx.SpillTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a file may be read, how much may come out of it, and for whom. */
class ReadingTest {
    private static final long MEBIBYTE = 1 << 20;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicBoolean abandoned = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({"0, true, 30", "100, true, 130", "100, false, 50"})
    void a_file_may_take_half_a_minute_and_what_its_size_warrants(long mebibytes, boolean packed, long seconds) {
        Reading reading = reading(mebibytes * MEBIBYTE, packed);
        pass(seconds);
        reading.step();
        nanos.incrementAndGet();

        ProblemException refusal = assertThrows(ProblemException.class, reading::step);

        assertEquals(ProblemType.TOO_SLOW, refusal.type());
        assertTrue(refusal.getMessage().contains("longer than " + seconds + " seconds"), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"1, 67108864", "1048576, 104857600", "20000000, 1073741824"})
    void a_file_unpacks_to_a_hundred_times_its_size_or_what_any_may(long size, long most) throws IOException {
        InputStream unpacked = reading(size, true).unpacked(endless());
        unpacked.skipNBytes(most);

        ProblemException refusal = assertThrows(ProblemException.class, unpacked::read);

        assertEquals(ProblemType.TOO_LARGE, refusal.type());
        assertTrue(refusal.getMessage().contains("more than " + most + " bytes"), refusal::getMessage);
    }

    static List<byte[]> files() {
        return List.copyOf(FuzzSeeds.FILES.values());
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_reader_looks_at_the_time(byte[] file) {
        assertEquals(ProblemType.TOO_SLOW, refusalOf(file, () -> pass(31)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_reader_ends_when_its_sender_goes_away(byte[] file) {
        assertEquals(ProblemType.MALFORMED_REQUEST, refusalOf(file, () -> abandoned.set(true)));
    }

    private ProblemType refusalOf(byte[] file, Runnable meanwhile) {
        Format format = new Sample(file).format(FormatHint.NONE);
        Reading reading = new Reading(
                () -> {
                    meanwhile.run();
                    return new ByteArrayInputStream(file);
                },
                file.length,
                true,
                MEBIBYTE,
                nanos::get,
                abandoned::get);
        Renderer renderer = new Renderer(null, Table.config(9), SpillTest.spills(1L << 30));
        return assertThrows(
                        ProblemException.class, () -> renderer.read(new UUID(0, 1), () -> reading, format, format, 0))
                .type();
    }

    private Reading reading(long length, boolean packed) {
        return new Reading(InputStream::nullInputStream, length, packed, 1 << 30, nanos::get, abandoned::get);
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        };
    }
}
