package dev.importonce.source.block;

import dev.importonce.source.format.Format;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/**
 * A row of a file.
 *
 * @param number in a spreadsheet the row's own number, in JSON the place in the array or the line, in CSV the row that a
 *     spreadsheet program shows; in CSV that is read as it is stored the header is 1, and blank lines do not count
 * @param cells at least one; cells that a spreadsheet or JSON leaves out are blank
 * @param fault why the row cannot be read, as a sentence; the cells are then the part that could be read, after all columns.
 *     Null: the row can be read
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

    /** The cells of those rows that can be read. */
    public static Iterator<List<String>> readable(Iterator<FileRow> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .filter(row -> row.fault() == null)
                .map(FileRow::cells)
                .iterator();
    }

    /** The beginning of a row's record in a rendition. An older version fails at the lead of a fault, and stores nothing. */
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
