package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.CsvRecords;
import dev.importonce.source.block.Plan;
import dev.importonce.source.csv.CsvPlanner;
import dev.importonce.source.detect.HeaderSearch;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.NotPlain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the text and wherever its bytes are cut on the way in: its blocks hold what one reader of all of it reads. */
public class CsvBlocksTest {
    @Property(tries = 1000)
    void blocks_read_one_by_one_hold_the_records_of_the_whole_file(
            @ForAll("texts") String text,
            @ForAll boolean marked,
            @ForAll("delimiters") char delimiter,
            @ForAll @IntRange(min = 1, max = 5) int blockRows,
            @ForAll @Size(max = 6) List<@IntRange(max = 120) Integer> cuts) {
        byte[] file = ((marked ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
        Optional<List<List<String>>> whole = readWhole(delimiter, text);

        CsvPlanner planner = new CsvPlanner(
                Format.csv(delimiter, java.nio.charset.StandardCharsets.UTF_8, null), marked ? 3 : 0, blockRows);
        boolean plain = feed(planner, file, cuts);

        boolean blank = whole.isPresent() && whole.get().stream().anyMatch(HeaderSearch::isBlank);
        if (!plain)
            assertTrue(
                    whole.isEmpty() || blank || text.contains(" \"") || text.contains("\" "),
                    "read where it lies: " + text);
        else if (blank) assertThrows(NotPlain.class, planner::finish);
        else if (whole.isEmpty()) assertRefused(planner, ProblemType.UNREADABLE_FILE);
        else if (whole.get().isEmpty()) assertRefused(planner, ProblemType.EMPTY_FILE);
        else if (whole.get().size() == 1) assertRefused(planner, ProblemType.NO_DATA_ROWS);
        else assertHolds(whole.get(), planner.finish(), file, blockRows);
    }

    private static void assertHolds(List<List<String>> whole, Plan plan, byte[] file, int blockRows) {
        assertEquals(Header.of(whole.get(0)), plan.header());
        List<List<String>> rows = new ArrayList<>();
        long end = 0;
        for (Block block : plan.blocks()) {
            assertEquals(end, block.byteOffset(), "no gap and no overlap");
            assertTrue(block.byteLength() > 0 && block.recordsOffset() >= block.byteOffset(), "offsets of " + block);
            assertEquals(rows.size() + 2, block.firstRow(), "first row of " + block);
            List<List<String>> own = read(plan.format(), file, block);
            assertEquals(block.rowCount(), own.size(), "rows of " + block);
            assertTrue(block.rowCount() <= blockRows, "too many rows in " + block);
            assertEquals(plan.blocks().indexOf(block), block.ordinal());
            rows.addAll(own);
            end = block.end();
        }
        assertEquals(file.length, end);
        assertEquals(whole.subList(1, whole.size()), rows);
        assertEquals(rows.size(), plan.rowCount());
        assertEquals(rows, readReadable(plan, file));
    }

    private static List<List<String>> readReadable(Plan plan, byte[] file) {
        return plan.readable().stream()
                .flatMap(block -> read(plan.format(), file, block).stream())
                .toList();
    }

    private static List<List<String>> read(Format format, byte[] file, Block block) {
        int from = (int) block.recordsOffset();
        List<List<String>> records = new ArrayList<>();
        CsvRecords.read(format, Arrays.copyOfRange(file, from, from + block.recordsLength()))
                .forEachRemaining(records::add);
        return records;
    }

    /** Header and rows; empty when a quote is not closed. */
    @SuppressWarnings({"removal", "deprecation"})
    public static Optional<List<List<String>>> readWhole(char delimiter, String text) {
        try {
            return Optional.of(CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowExtraCharsAfterClosingQuote(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(text)
                    .stream()
                    .map(record -> List.copyOf(record.getFields()))
                    .collect(Collectors.toList()));
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }

    /** Whether it is read where it lies. */
    private static boolean feed(CsvPlanner planner, byte[] file, List<Integer> cuts) {
        try {
            return feedAll(planner, file, cuts);
        } catch (NotPlain e) {
            return false;
        }
    }

    private static boolean feedAll(CsvPlanner planner, byte[] file, List<Integer> cuts) {
        int from = 0;
        List<Block> known = List.of();
        for (int cut : cuts.stream().sorted().toList()) {
            int to = Math.min(cut, file.length);
            planner.feed(file, from, to);
            assertEquals(known, planner.blocks().subList(0, known.size()), "a block once announced stays");
            known = List.copyOf(planner.blocks());
            from = to;
        }
        planner.feed(file, from, file.length);
        return true;
    }

    private static void assertRefused(CsvPlanner planner, ProblemType type) {
        assertEquals(type, assertThrows(ProblemException.class, planner::finish).type());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of("a", "b", "é", "😀", " ")),
                        Tuple.of(4, Arbitraries.of(",", ";")),
                        Tuple.of(4, Arbitraries.of("\r", "\n", "\r\n")),
                        Tuple.of(2, Arbitraries.of("\"", "\"\"", "\"a\"", "\"\n\"")))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';');
    }
}
