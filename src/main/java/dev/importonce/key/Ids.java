package dev.importonce.key;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** Makes ids: UUID version 7 (RFC 9562, 5.7), ordered by the time they were made. */
public final class Ids {
    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();
    private static final NoArgGenerator UNRELATED = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    /** A new id. */
    public static UUID next() {
        return GENERATOR.generate();
    }

    /**
     * The first of a series of new ids: its last 32 bits are for counting on from it (RFC 9562, 6.2, method 2); from
     * 0x80000000 on each number has eight digits. Those before are random anew each time, so that two series do not meet.
     */
    public static UUID first() {
        UUID id = UNRELATED.generate();
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() & 0xFFFF_FFFF_0000_0000L);
    }
}
