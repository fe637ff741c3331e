package dev.importonce.source.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void what_is_packed_unpacks_to_what_it_was() {
        byte[] rows = "a@b.de,Ann,Lee\n".repeat(70_000).getBytes(StandardCharsets.UTF_8);
        byte[] packed = Packing.pack(rows);

        assertTrue(packed.length < rows.length / 10);
        assertArrayEquals(rows, Packing.unpack(packed, rows.length));
    }

    @Test
    void what_gains_nothing_stays_as_it_is() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] few = "a@b.de\n".getBytes(StandardCharsets.UTF_8);

        assertSame(noise, Packing.pack(noise));
        assertSame(few, Packing.pack(few));
    }
}
