package dev.importonce.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A row of a file.
 *
 * @param number its number: in CSV, where the header is 1 and blank lines do not count; in a spreadsheet that of the row;
 *     in JSON its place in the array or its line, from 1 on
 * @param cells at least one; what a spreadsheet or JSON leaves out is blank
 */
public record FileRow(long number, List<String> cells) {
    static Iterator<FileRow> read(Format format, int columns, Block block, byte[] utf8) {
        boolean isCsv = format.isCsv();
        Iterator<List<String>> rows = CsvRecords.read(isCsv ? format : Format.UTF8_CSV, utf8);
        return new Iterator<>() {
            private long number = block.firstRow();

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public FileRow next() {
                return isCsv ? new FileRow(number++, rows.next()) : numbered(rows.next(), columns);
            }
        };
    }

    private static FileRow numbered(List<String> row, int columns) {
        List<String> cells = new ArrayList<>(row.subList(1, row.size()));
        cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
        return new FileRow(Long.parseLong(row.get(0)), cells);
    }
}
