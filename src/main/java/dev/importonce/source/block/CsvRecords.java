package dev.importonce.source.block;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * Reads records from bytes that hold whole records. Blank lines are not records; text after a closing quote belongs to its
 * cell.
 */
public final class CsvRecords {
    /** No record can have more cells. */
    private static final int MAX_CELLS = Block.MAX_RECORD_BYTES + 1;

    private CsvRecords() {}

    /** The cells of each record, in file order; at least one cell each. */
    public static Iterator<List<String>> read(Format format, byte[] utf8) {
        Iterator<CsvRecord> records = reader(format.separator(), new String(utf8, StandardCharsets.UTF_8))
                .iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public List<String> next() {
                return records.next().getFields();
            }
        };
    }

    /** Column names; empty when there is no record. */
    static List<String> header(Format format, byte[] utf8) {
        Iterator<List<String>> records = read(format, utf8);
        return records.hasNext() ? Header.of(records.next()) : List.of();
    }

    /** The number of cells of each of the first records, read with that delimiter. */
    public static List<Integer> countCells(char delimiter, String sample, int records) {
        return reader(delimiter, sample).stream()
                .limit(records)
                .map(CsvRecord::getFieldCount)
                .toList();
    }

    // A stray character or a surplus cell is the fault of one row, which must not make its whole block unreadable.
    // For a stray character the library has no other setting.
    @SuppressWarnings({"removal", "deprecation"})
    private static CsvReader<CsvRecord> reader(char delimiter, String text) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraCharsAfterClosingQuote(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(CsvRecordHandler.builder().maxFields(MAX_CELLS).build(), text);
    }
}
