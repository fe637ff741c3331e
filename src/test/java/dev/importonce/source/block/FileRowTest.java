package dev.importonce.source.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.importonce.source.format.Format;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rendition keeps of a row. */
class FileRowTest {
    private static final Format XLSX = Format.xlsx("S", null);

    @Test
    void a_rendition_keeps_which_cells_are_numbers() {
        BitSet numbers = new BitSet();
        numbers.set(1);
        numbers.set(3);
        FileRow row = new FileRow(12, List.of("a", "1,234.50", "1.5", "7"), null, numbers);
        assertEquals(row, reread(row, 4));
        assertEquals(
                List.of("a", "1,234.50", "1.5", "7", "", ""), reread(row, 6).cells());
        assertEquals(numbers, reread(row, 6).numbers());
    }

    @Test
    void rows_without_numbers_are_as_they_always_were() {
        FileRow row = new FileRow(12, List.of("a", " \t"), null, new BitSet());
        assertEquals(List.of("12", "a", " \t"), row.record());
        assertNull(reread(row, 2).numbers());
        FileRow fault = new FileRow(12, List.of("a"), "The row is odd.", null);
        assertEquals(List.of("12 The row is odd.", "a"), fault.record());
        assertEquals(new FileRow(12, List.of("", "a"), "The row is odd.", null), reread(fault, 1));
    }

    /** They parse the beginning as a number, and take whatever is behind it for cells; a blank one is as good as none. */
    @Test
    void older_versions_read_the_same_cells() {
        BitSet numbers = new BitSet();
        numbers.set(1);
        List<String> record = new FileRow(12, List.of("a", "1.5"), null, numbers).record();
        assertEquals(12, Long.parseLong(record.get(0)));
        assertEquals(List.of("a", "1.5"), record.subList(1, 3));
        assertEquals(4, record.size());
        assertTrue(record.get(3).isBlank());
    }

    private static FileRow reread(FileRow row, int columns) {
        StringWriter text = new StringWriter();
        CsvWriter.builder().bufferSize(0).build(text).writeRecord(row.record());
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return FileRow.read(XLSX, columns, new Block(0, 0, bytes.length, 0, 12, 1), bytes)
                .next();
    }
}
