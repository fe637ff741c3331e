package dev.importonce.source.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Counts what is done to a table's rows that their owner may not expect. */
public final class RowNotices {
    private final List<String> names;
    private final BitSet unnamed = new BitSet();
    private final long[] values;
    private long blank;
    private long shorter;
    private long longer;

    /**
     * For a table with such columns.
     *
     * @param cells of the row with the names, as they are in the file
     * @param names what the columns are called
     */
    public RowNotices(List<String> cells, List<String> names) {
        this.names = names;
        this.values = new long[names.size()];
        for (int i = 0; i < names.size(); i++) unnamed.set(i, cells.get(i).isBlank());
    }

    /** Whether what is in that column is counted by {@link #value}. */
    public boolean isUnnamed(int column) {
        return unnamed.get(column);
    }

    /** A cell with a value in a column without a name. */
    public void value(int column) {
        values[column]++;
    }

    /** A row in which no cell has a value. */
    public void blankRow() {
        blank++;
    }

    /**
     * A row of a file that ought to have all cells in all rows.
     *
     * @param filled how many of them there are up to the last with a value
     */
    public void row(int cells, int filled) {
        if (cells < names.size()) shorter++;
        else if (cells > names.size() && filled <= names.size()) longer++;
    }

    /** What there is to tell. */
    public List<Notice> list() {
        List<Notice> notices = new ArrayList<>();
        if (blank > 0) notices.add(Notice.of("blank-rows", null, blank, "Rows without any value are left out."));
        if (shorter > 0)
            notices.add(
                    Notice.of(
                            "short-rows",
                            null,
                            shorter,
                            "Rows have fewer cells than there are columns: those that are missing at the end are taken as blank."));
        if (longer > 0)
            notices.add(Notice.of(
                    "blank-surplus-cells",
                    null,
                    longer,
                    "Rows have blank cells behind the last column: these are left out."));
        for (int i = 0; i < values.length && notices.size() < Notice.MOST; i++)
            if (values[i] > 0)
                notices.add(Notice.of(
                        "unnamed-column",
                        names.get(i),
                        values[i],
                        "A column with values has no name; it is called \"" + names.get(i) + "\"."));
        return notices;
    }
}
