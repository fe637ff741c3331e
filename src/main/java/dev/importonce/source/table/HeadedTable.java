package dev.importonce.source.table;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.detect.HeaderSearch;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.HeaderPlace;
import dev.importonce.source.format.Notice;
import dev.importonce.source.format.RowNotices;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Receives the rows of a file, finds the header among them, and passes on the rows below it that have a value. Memory: the
 * first rows, until the header is found.
 */
public final class HeadedTable {
    /** Maximum number of characters of the first rows that are examined to find the header. */
    private static final int MOST_LOOKED_AT = 1 << 20;

    private final TableWriter table;
    private final boolean csv;
    private final boolean searching;
    private final List<FileRow> first = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private int chars;
    private HeaderPlace place;
    private List<String> header;
    private RowNotices counts;
    private boolean belowHeader;

    /**
     * For a file whose sender may say where the header is.
     *
     * @param searching whether to find the header by the look of the first rows, if the sender does not say it
     */
    public HeadedTable(TableWriter table, Format asked, boolean searching) {
        this.table = table;
        this.csv = asked.isCsv();
        this.place = asked.headerPlace();
        this.searching = searching && place.equals(HeaderPlace.FIRST);
    }

    /**
     * Adds the next row.
     *
     * @param number its number in the file, greater than that of the previous row
     * @param cells its cells, which are not changed
     */
    public void row(long number, List<String> cells) {
        row(new FileRow(number, cells));
    }

    /** Adds the next row, which can be read; it is not changed, and may be changed afterwards. */
    public void row(FileRow row) {
        if (header != null) record(row);
        else if (searching || !place.exists()) look(row);
        else if (!isAbove(row.number()) && !HeaderSearch.isBlank(row.cells())) settle(row.cells());
    }

    /** Adds a row that cannot be read, with the cells that could be read. */
    public void fault(long number, Sentence fault, List<String> cells) {
        if (isBelowHeader(number, fault)) table.fault(number, fault, cells);
    }

    /** Adds a row that is longer than a row may be. */
    public void tooLong(long number, String start) {
        if (isBelowHeader(number, TableWriter.tooLong())) table.tooLong(number, start);
    }

    private boolean isBelowHeader(long number, Sentence fault) {
        if (header == null && isAbove(number)) return false;
        if (header == null && first.isEmpty())
            throw new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of("fault-of-row", number, fault));
        if (header == null) settle();
        belowHeader = true;
        return true;
    }

    /** Ends the table. */
    public Plan finish(Format format, List<Notice> others) {
        if (header == null) settle();
        notices.addAll(others);
        notices.addAll(counts.list());
        return table.finish(format.headed(place), header, notices);
    }

    private boolean isAbove(long number) {
        return place.row() != null && number < place.row();
    }

    private void look(FileRow row) {
        if (first.isEmpty() && HeaderSearch.isBlank(row.cells())) return;
        first.add(row.copy());
        for (String cell : row.cells()) chars += cell.length() + 1;
        if (first.size() >= HeaderSearch.ROWS || chars > MOST_LOOKED_AT) settle();
    }

    /** Decides where the header is, by the first rows. */
    private void settle() {
        List<List<String>> rows = first.stream().map(FileRow::cells).toList();
        if (rows.isEmpty()) {
            if (place.row() != null)
                throw new ProblemException(ProblemType.NO_DATA_ROWS, Sentence.of("nothing-below", place.row()));
            settle(List.of());
            return;
        }
        int at = searching ? HeaderSearch.find(rows) : -1;
        if (at < 0) {
            place = HeaderPlace.NOWHERE;
            int columns = rows.stream()
                    .filter(row -> !HeaderSearch.isBlank(row))
                    .mapToInt(List::size)
                    .max()
                    .orElse(0);
            if (columns > Header.MAX_COLUMNS) throw Header.tooMany(columns);
            name(IntStream.rangeClosed(1, columns).mapToObj(i -> "Column " + i).toList());
            counts = new RowNotices(header, header);
        } else {
            if (at > 0) place = new HeaderPlace((int) first.get(at).number(), true);
            settle(rows.get(at));
        }
        if (searching) HeaderSearch.notice(place).ifPresent(notices::add);
        first.subList(at + 1, first.size()).forEach(this::record);
        first.clear();
    }

    private void settle(List<String> names) {
        name(Header.of(names));
        counts = new RowNotices(names, header);
    }

    private void name(List<String> names) {
        header = names;
        header.forEach(table::name);
    }

    private void record(FileRow row) {
        List<String> cells = row.cells();
        int filled = cells.size();
        while (filled > 0 && cells.get(filled - 1).isBlank()) filled--;
        if (filled == 0) {
            if (csv) counts.blankRow();
            return;
        }
        if (!belowHeader && place.exists() && HeaderSearch.isRule(cells)) {
            notices.add(Notice.of(Sentence.of("rule-below-header", row.number()), null, 1L));
            belowHeader = true;
            return;
        }
        belowHeader = true;
        if (csv) counts.row(cells.size(), filled);
        for (int i = 0; i < filled && i < header.size(); i++)
            if (counts.isUnnamed(i) && !cells.get(i).isBlank()) counts.value(i);
        table.row(row);
    }
}
