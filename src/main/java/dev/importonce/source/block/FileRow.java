package dev.importonce.source.block;

import dev.importonce.source.format.Format;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A row of a file.
 *
 * @param number its number: in a spreadsheet that of the row, in JSON its place in the array or its line, in CSV as in a
 *     spreadsheet that shows it; in CSV that is read where it lies the header is 1, and blank lines do not count
 * @param cells at least one; what a spreadsheet or JSON leaves out is blank
 * @param fault why it cannot be read, as a sentence; its cells are then what could be read, behind all columns. Null: it can
 */
public record FileRow(long number, List<String> cells, String fault) {
    public FileRow(long number, List<String> cells) {
        this(number, cells, null);
    }

    public static Iterator<FileRow> read(Format format, int columns, Block block, byte[] utf8) {
        boolean hasNumbers = format.hasNumbers();
        Iterator<List<String>> rows = CsvRecords.read(hasNumbers ? Format.UTF8_CSV : format, utf8);
        return new Iterator<>() {
            private long number = block.firstRow();

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public FileRow next() {
                return hasNumbers ? numbered(rows.next(), columns) : new FileRow(number++, rows.next());
            }
        };
    }

    /** What the record of a row begins with in a rendition. An older version fails at that of a fault, and stores nothing. */
    public static String lead(long number, String fault) {
        return fault == null ? Long.toString(number) : number + " " + fault;
    }

    private static FileRow numbered(List<String> record, int columns) {
        String lead = record.get(0);
        List<String> rest = record.subList(1, record.size());
        int space = lead.indexOf(' ');
        List<String> cells = new ArrayList<>();
        if (space < 0) cells.addAll(rest);
        cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
        if (space < 0) return new FileRow(Long.parseLong(lead), cells);
        cells.addAll(rest);
        return new FileRow(Long.parseLong(lead.substring(0, space)), cells, lead.substring(space + 1));
    }
}
