package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Table;
import dev.importonce.source.format.FormatHint;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The short form of the fuzzing: files that break off. */
class FuzzReadersTest {
    private static final int STARTS = 200;

    @Test
    void every_start_of_a_file_is_a_table_or_a_problem() {
        for (byte[] file : FuzzSeeds.FILES.values())
            for (int length = 0; length < file.length; length += 1 + file.length / STARTS)
                FuzzReaders.fuzzerTestOneInput(FuzzReaders.input(Arrays.copyOf(file, length)));
    }

    @Test
    void what_the_fuzzer_begins_with_is_read() {
        FuzzSeeds.FILES.forEach((name, file) ->
                assertEquals(2, Table.of(file, FormatHint.NONE, 1).rows().size(), name));
    }
}
