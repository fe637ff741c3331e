package dev.importonce.source.format;

import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Counts how often a table's rows are read in a way that their owner may not expect. */
public final class RowNotices {
    private final List<String> names;
    private final BitSet unnamed = new BitSet();
    private final long[] values;
    private long blank;
    private long shorter;
    private long longer;

    /**
     * Begins counting for a table.
     *
     * @param cells cells of the header, as they are in the file
     * @param names names of the columns
     */
    public RowNotices(List<String> cells, List<String> names) {
        this.names = names;
        this.values = new long[names.size()];
        for (int i = 0; i < names.size(); i++) unnamed.set(i, cells.get(i).isBlank());
    }

    /** Whether {@link #value} has to be called for cells of this column. */
    public boolean isUnnamed(int column) {
        return unnamed.get(column);
    }

    /** Counts a cell with a value in a column without a name. */
    public void value(int column) {
        values[column]++;
    }

    /** Counts a row in which no cell has a value. */
    public void blankRow() {
        blank++;
    }

    /**
     * Counts a row of a file in which every row should have all cells.
     *
     * @param filled number of cells up to the last one with a value
     */
    public void row(int cells, int filled) {
        if (cells < names.size()) shorter++;
        else if (cells > names.size() && filled <= names.size()) longer++;
    }

    /** The notices for these counts. */
    public List<Notice> list() {
        List<Notice> notices = new ArrayList<>();
        if (blank > 0) notices.add(Notice.of(Sentence.of("blank-rows"), null, blank));
        if (shorter > 0) notices.add(Notice.of(Sentence.of("short-rows"), null, shorter));
        if (longer > 0) notices.add(Notice.of(Sentence.of("blank-surplus-cells"), null, longer));
        for (int i = 0; i < values.length && notices.size() < Notice.MOST; i++)
            if (values[i] > 0)
                notices.add(Notice.of(Sentence.of("unnamed-column", names.get(i)), names.get(i), values[i]));
        return notices;
    }
}
