package dev.importonce.target.merge;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A compact list of cells: a row of half a million empty cells takes two megabytes, instead of 25 as a list of strings.
 * Immutable.
 */
public final class PackedCells extends AbstractList<String> implements RandomAccess {
    private final String text;
    private final int[] ends;

    private PackedCells(String text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    /** A compact copy of the cells. */
    public static List<String> of(List<String> cells) {
        StringBuilder text = new StringBuilder();
        int[] ends = new int[cells.size()];
        for (int i = 0; i < ends.length; i++)
            ends[i] = text.append(cells.get(i)).length();
        return new PackedCells(text.toString(), ends);
    }

    /** Number of characters of all cells, plus one for each cell. */
    public static int length(List<String> cells) {
        int length = cells.size();
        for (String cell : cells) length += cell.length();
        return length;
    }

    @Override
    public String get(int index) {
        return text.substring(index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    @Override
    public int size() {
        return ends.length;
    }
}
