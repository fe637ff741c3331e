package dev.importonce.job;

import dev.importonce.fixture.Mappings;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.problem.ProblemException;

/** Any bytes are a mapping or a problem; a mapping survives being stored. */
public final class FuzzMapping {
    private FuzzMapping() {}

    /** One input of the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Mappings.READER.read(Mappings.CALLER, input, false);
            Mapping mapping = Mappings.READER.read(Mappings.CALLER, input, true);
            Mapping stored = Mappings.READER.stored(Mappings.resolved(mapping));
            if (!stored.equals(mapping)) throw new IllegalStateException(mapping + " became " + stored);
        } catch (ProblemException e) {
            // What a sender gets to read.
        }
    }
}
