package dev.importonce.source.xlsx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class SpillTest {
    /** With so many bytes of files, in the usual folder. */
    public static Spills spills(long mostBytes) {
        return spills(Optional.empty(), mostBytes);
    }

    private static Spills spills(Optional<Path> folder, long mostBytes) {
        return new Spills(new SpillConfig() {
            @Override
            public Optional<Path> spillDir() {
                return folder;
            }

            @Override
            public Optional<MemorySize> maxSpillBytes() {
                return Optional.of(new MemorySize(BigInteger.valueOf(mostBytes)));
            }
        });
    }

    @Test
    void what_was_appended_is_read_anywhere_also_beyond_memory() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Spill spill = spills(1L << 30).begin()) {
            while (all.size() < 30_000_000) {
                byte[] bytes = new byte[1 + random.nextInt(100_000)];
                random.nextBytes(bytes);
                spill.append(bytes);
                all.writeBytes(bytes);
                if (random.nextInt(4) == 0) assertSame(spill, all.toByteArray(), random);
            }
            assertEquals(all.size(), spill.length());
        }
    }

    @Test
    void shared_strings_are_found_by_their_number_and_only_by_theirs() throws IOException {
        try (SharedStrings strings = new SharedStrings(spills(1L << 30))) {
            for (int i = 0; i < 2_000_000; i++) strings.add(text(i));

            Random random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                int number = random.nextInt(2_000_000);
                assertEquals(text(number), strings.get(number));
            }
            assertEquals("", strings.get(0));
            assertEquals("Tëxt 1999999", strings.get(1_999_999));
            assertNull(strings.get(2_000_000));
            assertNull(strings.get(-1));
        }
    }

    /** Some are empty, and some longer than a page. */
    private static String text(int number) {
        if (number % 7 == 0) return "";
        return "Tëxt " + number + "x".repeat(number % 50_000 == 1 ? 9_000 : 0);
    }

    @Test
    void many_at_once_hold_a_sixteenth_of_the_heap_in_memory() throws IOException {
        Spills spills = spills(Long.MAX_VALUE);
        long heap = Runtime.getRuntime().maxMemory();
        byte[] bytes = new byte[1 << 20];
        List<Spill> open = new ArrayList<>();
        for (long all = 0; all < heap / 4; all += 4L << 20) {
            Spill spill = spills.begin();
            open.add(spill);
            for (int i = 0; i < 4; i++) spill.append(bytes);
        }
        assertTrue(spills.held() <= heap / 16, () -> spills.held() + " bytes of " + heap);
        assertTrue(spills.stored() > heap / 8, () -> spills.stored() + " bytes");

        for (Spill spill : open) spill.close();
        assertEquals(0, spills.held());
        assertEquals(0, spills.stored());
    }

    /** An open file is not seen in its folder. */
    @Test
    void files_lie_in_the_folder_that_is_named(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        try (Spill spill = spills(Optional.of(missing), 1L << 30).begin()) {
            UncheckedIOException failed =
                    assertThrows(UncheckedIOException.class, () -> spill.append(new byte[20 << 20]));
            assertTrue(failed.getCause().getMessage().startsWith(missing.toString()), () -> failed.getCause()
                    .getMessage());
        }
    }

    @Test
    void what_exceeds_the_folders_limit_is_refused_and_frees_room() throws IOException {
        Spills spills = spills(Optional.empty(), 30 << 20);
        try (Spill first = spills.begin();
                Spill second = spills.begin()) {
            first.append(new byte[20 << 20]);
            ProblemException refused = assertThrows(ProblemException.class, () -> second.append(new byte[20 << 20]));
            assertEquals(ProblemType.BUSY, refused.type());
        }
        try (Spill third = spills.begin()) {
            third.append(new byte[20 << 20]);
            third.append(new byte[1]);
            assertEquals((20 << 20) + 1, third.length());
        }
    }

    private static void assertSame(Spill spill, byte[] all, Random random) {
        int from = random.nextInt(all.length);
        int length = random.nextInt(Math.min(60_000, all.length - from) + 1);
        assertArrayEquals(Arrays.copyOfRange(all, from, from + length), spill.read(from, length));
    }
}
