package dev.importonce.key;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** Creates ids: UUID version 7 (RFC 9562, 5.7), ordered by the time of their creation. */
public final class Ids {
    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();
    private static final NoArgGenerator UNRELATED = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    /** A new id. */
    public static UUID next() {
        return GENERATOR.generate();
    }

    /**
     * The first of a series of new ids: its last 32 bits are a counter for the following ids (RFC 9562, 6.2, method 2); from
     * 0x80000000 on each number has eight digits. The random bits before the counter are new for each series, so that two
     * series never overlap.
     */
    public static UUID first() {
        UUID id = UNRELATED.generate();
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() & 0xFFFF_FFFF_0000_0000L);
    }
}
