package dev.importonce.target.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Allocated;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedCellsTest {
    @Test
    void they_are_the_cells_that_were_packed() {
        for (List<String> cells : List.of(List.<String>of(), List.of(""), List.of("", "a", "", "\ud83d\ude00b", ""))) {
            assertEquals(cells, PackedCells.of(cells));
            assertEquals(String.join("", cells).length() + cells.size(), PackedCells.length(cells));
        }
    }

    @Test
    void many_short_ones_take_little() {
        List<String> cells = Collections.nCopies(500_000, "a");

        long allocated =
                Allocated.by(() -> assertEquals(500_000, PackedCells.of(cells).size()));

        assertTrue(allocated < 8 << 20, () -> allocated + " bytes were allocated");
    }
}
