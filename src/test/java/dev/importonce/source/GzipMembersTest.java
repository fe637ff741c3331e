package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Formats;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GzipMembersTest {
    private static final long LIMIT = 10_000_000;

    @Property(tries = 200)
    void members_are_read_one_behind_the_other(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 300_000) Integer> lengths,
            @ForAll @IntRange(max = 200_000) int zeros,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int length : lengths) {
            byte[] part = part(random, length);
            plain.writeBytes(part);
            packed.writeBytes(Formats.gzip(part));
        }
        packed.writeBytes(new byte[zeros]);
        assertArrayEquals(plain.toByteArray(), unpacked(packed.toByteArray()));
    }

    /** One that happens to be a member of its own is not to be had by chance. */
    @Property(tries = 500)
    void nothing_but_zeros_may_follow_a_member(
            @ForAll @IntRange(max = 3) int zeros, @ForAll @Size(min = 1, max = 40) byte[] tail, @ForAll long seed) {
        boolean padding = true;
        for (byte b : tail) padding &= b == 0;
        if (padding) return;
        byte[] packed = joined(Formats.gzip(part(new Random(seed), 1000)), new byte[zeros], tail);
        refused(packed, "what follows them cannot");
    }

    @Property(tries = 300)
    void a_second_member_is_whole_or_refused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] first = Formats.gzip(part(random, 2000));
        byte[] second = Formats.gzip(part(random, 2000));
        refused(Arrays.copyOf(joined(first, second), first.length + 1 + random.nextInt(second.length - 1)), "");
        byte[] spoilt = joined(first, second);
        // Not the four bytes of its time, nor those that only tell what made it.
        int at = List.of(0, 1, 2, second.length - 8, second.length - 1).get(random.nextInt(5));
        spoilt[first.length + at] ^= (byte) (1 + random.nextInt(255));
        refused(spoilt, "");
    }

    @Example
    void a_file_compressed_twice_is_unpacked_twice() throws IOException {
        byte[] plain = part(new Random(7), 5000);
        assertArrayEquals(plain, unpacked(Formats.gzip(Formats.gzip(plain))));
        assertTrue(GzipMembers.isGzip(unpacked(Formats.gzip(Formats.gzip(Formats.gzip(plain))))));
    }

    @Example
    void a_name_without_an_end_is_refused_before_it_is_kept() {
        byte[] header = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3};
        byte[] name = new byte[5_000_000];
        Arrays.fill(name, (byte) 'a');
        byte[] packed = joined(header, name);
        long before = allocated();
        refused(packed, "cannot be unpacked");
        assertTrue(allocated() - before < name.length, "kept a name without an end");
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        Reading reading = new Reading(
                () -> new ByteArrayInputStream(packed), packed.length, true, LIMIT, System::nanoTime, () -> false);
        return GzipMembers.unpack(reading).readAllBytes();
    }

    private static void refused(byte[] packed, String detail) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> unpacked(packed));
        assertTrue(refusal.getMessage().contains("damaged or breaks off"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(detail), refusal::getMessage);
    }

    /** As well compressible as a table. */
    private static byte[] part(Random random, int length) {
        byte[] part = new byte[length];
        for (int i = 0; i < length; i++) part[i] = (byte) ('a' + random.nextInt(8));
        return part;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
