package dev.importonce.source.block;

import dev.importonce.source.format.Format;
import java.util.ArrayList;
import java.util.BitSet;
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
 * @param numbers the places of cells that a spreadsheet or JSON has as numbers, from 0 on; the text of each is with a decimal
 *     point. Null: none
 */
public record FileRow(long number, List<String> cells, String fault, BitSet numbers) {
    /**
     * What a record of a rendition begins with if it ends with a cell of marks, one for each cell. An older version reads the
     * number in the same way, and takes the marks for a blank cell at the end, as if they were not there.
     */
    private static final char MARKED = '+';

    private static final char NUMBER_MARK = '\t';
    private static final char TEXT_MARK = ' ';

    public FileRow(long number, List<String> cells) {
        this(number, cells, null, null);
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

    /** The cells of those rows that can be read; those that are numbers in the file are blank. */
    public static Iterator<List<String>> readable(Iterator<FileRow> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .filter(row -> row.fault() == null)
                .map(FileRow::texts)
                .iterator();
    }

    private List<String> texts() {
        if (numbers == null) return cells;
        List<String> texts = new ArrayList<>(cells);
        for (int i = 0; i < texts.size(); i++) if (numbers.get(i)) texts.set(i, "");
        return texts;
    }

    /** The beginning of a row's record in a rendition. An older version fails at the lead of a fault, and stores nothing. */
    private static String lead(long number, String fault) {
        return fault == null ? Long.toString(number) : number + " " + fault;
    }

    /** The same row; it does not change with the lists of this one. */
    public FileRow copy() {
        return new FileRow(number, List.copyOf(cells), fault, numbers == null ? null : (BitSet) numbers.clone());
    }

    /** A row's record in a rendition. */
    public List<String> record() {
        List<String> record = new ArrayList<>(cells.size() + 2);
        boolean marked = numbers != null && !numbers.isEmpty();
        record.add(marked ? MARKED + lead(number, fault) : lead(number, fault));
        record.addAll(cells);
        if (marked) record.add(marks(numbers));
        return record;
    }

    private static String marks(BitSet numbers) {
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < numbers.length(); i++) marks.append(numbers.get(i) ? NUMBER_MARK : TEXT_MARK);
        return marks.toString();
    }

    private static BitSet numbers(String marks) {
        BitSet numbers = new BitSet();
        for (int i = 0; i < marks.length(); i++) if (marks.charAt(i) == NUMBER_MARK) numbers.set(i);
        return numbers;
    }

    private static FileRow numbered(List<String> record, int columns) {
        String lead = record.get(0);
        boolean marked = lead.charAt(0) == MARKED;
        int end = marked ? record.size() - 1 : record.size();
        List<String> rest = record.subList(1, end);
        int space = lead.indexOf(' ');
        List<String> cells = new ArrayList<>();
        if (space < 0) cells.addAll(rest);
        cells.addAll(Collections.nCopies(Math.max(0, columns - cells.size()), ""));
        if (space < 0) return new FileRow(Long.parseLong(lead), cells, null, marked ? numbers(record.get(end)) : null);
        cells.addAll(rest);
        return new FileRow(Long.parseLong(lead.substring(0, space)), cells, lead.substring(space + 1), null);
    }
}
