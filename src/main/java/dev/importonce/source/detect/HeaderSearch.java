package dev.importonce.source.detect;

import dev.importonce.source.format.HeaderPlace;
import dev.importonce.source.format.Notice;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds by what a table's first rows look like which of them holds the names. It is the first that has anything, unless
 * that is clearly a title, a group of columns, or a row of data.
 */
public final class HeaderSearch {
    /** Rows that are looked at. */
    public static final int ROWS = 20;

    /** No longer cell is an address, a figure or a line: they are not looked at, whatever they have. */
    private static final int MAX_CHARS = 320;

    /** Numbers, dates, times, amounts, phone numbers. */
    private static final Pattern FIGURE = Pattern.compile("[\\p{Sc}+(-]*\\d[\\d .,:/()%+\\p{Sc}-]*");

    /** What some programs draw below the names. */
    private static final Pattern RULE = Pattern.compile("\\s*[-=_+*]{2,}\\s*");

    private HeaderSearch() {}

    /**
     * Where the names are.
     *
     * @param rows from the first that has anything on, in their order
     * @return the position of a row among them; -1: none of them has names
     */
    public static int find(List<List<String>> rows) {
        if (isData(rows)) return -1;
        int widest = 0;
        int last = lastCandidate(rows);
        // Titles may become wider, too: the names are the widest of what stands above the first row of data.
        for (int i = 1; i <= last && (widest == 0 || !hasData(rows.get(i))); i++)
            if (filled(rows.get(i)) > filled(rows.get(widest))) widest = i;
        return looksLikeNames(rows.get(widest)) && hasDataBelow(rows, widest) ? widest : 0;
    }

    /** Up to which row the names are looked for: a title may be followed by anything, names of groups only by the names. */
    private static int lastCandidate(List<List<String>> rows) {
        List<String> first = rows.get(0);
        int filled = filled(first);
        long wider = rows.stream().filter(row -> row.size() > first.size()).count();
        if (filled == 1 || wider * 2 > rows.size()) return rows.size() - 1;
        return first.subList(0, filled).stream().anyMatch(String::isBlank) ? Math.min(1, rows.size() - 1) : 0;
    }

    /** Says where the names were found, if that is not the first row. */
    public static Optional<Notice> notice(HeaderPlace found) {
        if (!found.exists())
            return Optional.of(Notice.of(
                    "no-header",
                    null,
                    null,
                    "The first row looks like data: no row is taken for the names, the columns are Column 1, Column 2 and so"
                            + " on. If it has the names, set format.header of the mapping to true."));
        if (found.row() == null || found.row() == 1) return Optional.empty();
        return Optional.of(Notice.of(
                "rows-above-header",
                null,
                found.row() - 1L,
                "Row " + found.row()
                        + " is taken for the names of the columns; what is above it is left out. If another"
                        + " row has them, say which in format.headerRow of the mapping."));
    }

    /** Whether no cell has anything. */
    public static boolean isBlank(List<String> row) {
        return row.stream().allMatch(String::isBlank);
    }

    /** Whether it is a line drawn with characters. */
    public static boolean isRule(List<String> row) {
        return !isBlank(row)
                && row.stream()
                        .allMatch(cell -> cell.isBlank()
                                || cell.length() <= MAX_CHARS
                                        && RULE.matcher(cell).matches());
    }

    /** A name is no address: what has one as the rows below it do is one of them, or the only one. */
    private static boolean isData(List<List<String>> rows) {
        List<String> first = rows.get(0);
        List<List<String>> others = rows.subList(1, rows.size());
        for (int i = 0; i < first.size(); i++) {
            int column = i;
            if (!isAddress(first, column)) continue;
            if (others.stream().anyMatch(row -> isAddress(row, column))) return true;
            if (others.stream().allMatch(HeaderSearch::isBlank)) return true;
        }
        return false;
    }

    private static boolean looksLikeNames(List<String> row) {
        Set<String> names = new HashSet<>();
        for (String cell : row) {
            String name = cell.strip();
            if (name.isEmpty()) continue;
            if (isData(name) || !names.add(name)) return false;
        }
        return true;
    }

    private static boolean hasData(List<String> row) {
        return row.stream().anyMatch(cell -> isData(cell.strip()));
    }

    private static boolean hasDataBelow(List<List<String>> rows, int header) {
        return rows.subList(header + 1, rows.size()).stream().anyMatch(HeaderSearch::hasData);
    }

    private static boolean isData(String cell) {
        return cell.length() <= MAX_CHARS
                && (isAddress(cell) || FIGURE.matcher(cell).matches());
    }

    private static boolean isAddress(String cell) {
        int at = cell.indexOf('@');
        return at > 0
                && cell.length() <= MAX_CHARS
                && at == cell.lastIndexOf('@')
                && cell.indexOf('.', at + 2) > 0
                && !cell.endsWith(".")
                && cell.chars().noneMatch(Character::isWhitespace);
    }

    private static boolean isAddress(List<String> row, int column) {
        return column < row.size() && isAddress(row.get(column).strip());
    }

    private static int filled(List<String> row) {
        return (int) row.stream().filter(cell -> !cell.isBlank()).count();
    }
}
