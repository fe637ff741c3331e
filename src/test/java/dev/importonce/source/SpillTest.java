package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpillTest {
    @Test
    void what_was_appended_is_read_from_anywhere_also_behind_what_fits_into_memory() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Spill spill = new Spill()) {
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
        try (SharedStrings strings = new SharedStrings()) {
            for (int i = 0; i < 2_000_000; i++) strings.add(i % 7 == 0 ? "" : "Tëxt " + i);

            assertEquals("", strings.get(0));
            assertEquals("Tëxt 1", strings.get(1));
            assertEquals("Tëxt 1999999", strings.get(1_999_999));
            assertNull(strings.get(2_000_000));
            assertNull(strings.get(-1));
        }
    }

    private static void assertSame(Spill spill, byte[] all, Random random) {
        int from = random.nextInt(all.length);
        int length = random.nextInt(Math.min(60_000, all.length - from) + 1);
        assertArrayEquals(Arrays.copyOfRange(all, from, from + length), spill.read(from, length));
    }
}
