package dev.importonce.source;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.List;

/** Reads records from bytes that hold whole records. Blank lines are none; text behind a closing quote belongs to its cell. */
final class CsvRecords {
    private static final int MAX_COLUMNS = 16_384;

    /** No record that {@link CsvPlanner} lets through has more. */
    private static final int MAX_CELLS = CsvPlanner.MAX_RECORD_BYTES + 1;

    private CsvRecords() {}

    /** The cells of each record, in file order; at least one cell each. */
    static Iterator<List<String>> read(Format format, byte[] utf8) {
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

    /** Column names, trimmed, in NFC; empty when there is no record. */
    static List<String> header(Format format, byte[] utf8) {
        Iterator<List<String>> records = read(format, utf8);
        if (!records.hasNext()) return List.of();
        List<String> names = records.next().stream().map(CsvRecords::name).toList();
        if (names.size() > MAX_COLUMNS)
            throw new ProblemException(
                    ProblemType.UNREADABLE_FILE,
                    "The first row has " + names.size() + " cells; a header has at most " + MAX_COLUMNS
                            + ". Is this a CSV file?");
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0))
            throw new ProblemException(
                    ProblemType.UNREADABLE_FILE, "The first row has a character U+0000. Is this a CSV file?");
        return names;
    }

    /** Cells of the first record when read with that delimiter. */
    static int countColumns(char delimiter, String sample) {
        Iterator<CsvRecord> records = reader(delimiter, sample).iterator();
        return records.hasNext() ? records.next().getFieldCount() : 0;
    }

    private static String name(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFC).strip();
    }

    // One stray character, one cell too many: the fault of one row, which must not make its whole block unreadable.
    // For the character the library offers nothing else.
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
