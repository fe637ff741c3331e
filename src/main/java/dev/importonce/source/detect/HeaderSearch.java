package dev.importonce.source.detect;

import dev.importonce.source.format.HeaderPlace;
import dev.importonce.source.format.Notice;
import dev.importonce.words.Sentence;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the header of a table by the look of its first rows. The header is the first row that is not empty, unless this row
 * is clearly a title, a row of group names, or a row of data.
 */
public final class HeaderSearch {
    /** Number of rows that are examined. */
    public static final int ROWS = 20;

    /** A longer cell cannot be an address, a figure or a line, and is not examined. */
    private static final int MAX_CHARS = 320;

    /** Numbers, dates, times, amounts, phone numbers. */
    private static final Pattern FIGURE = Pattern.compile("[\\p{Sc}+(-]*\\d[\\d .,:/()%+\\p{Sc}-]*");

    /** Lines of characters that some programs write below the header. */
    private static final Pattern RULE = Pattern.compile("\\s*[-=_+*]{2,}\\s*");

    private HeaderSearch() {}

    /**
     * Finds the header.
     *
     * @param rows from the first row on that is not empty, in order
     * @return the index of the header among the rows; -1: no row is a header
     */
    public static int find(List<List<String>> rows) {
        if (isData(rows)) return -1;
        int widest = 0;
        int last = lastCandidate(rows);
        // There may be several titles, each wider than the one before: the header is the widest row above the first
        // row of data.
        for (int i = 1; i <= last && (widest == 0 || !hasData(rows.get(i))); i++)
            if (filled(rows.get(i)) > filled(rows.get(widest))) widest = i;
        return looksLikeNames(rows.get(widest)) && hasDataBelow(rows, widest) ? widest : 0;
    }

    /** The last row that may be the header: anything may follow a title, but only the header follows group names. */
    private static int lastCandidate(List<List<String>> rows) {
        List<String> first = rows.get(0);
        int filled = filled(first);
        long wider = rows.stream().filter(row -> row.size() > first.size()).count();
        if (filled == 1 || wider * 2 > rows.size()) return rows.size() - 1;
        return first.subList(0, filled).stream().anyMatch(String::isBlank) ? Math.min(1, rows.size() - 1) : 0;
    }

    /** A notice that says where the header was found, if it is not the first row. */
    public static Optional<Notice> notice(HeaderPlace found) {
        if (!found.exists()) return Optional.of(Notice.of(Sentence.of("no-header"), null, null));
        if (found.row() == null || found.row() == 1) return Optional.empty();
        return Optional.of(Notice.of(Sentence.of("rows-above-header", found.row()), null, found.row() - 1L));
    }

    /** Whether all cells are blank. */
    public static boolean isBlank(List<String> row) {
        return row.stream().allMatch(String::isBlank);
    }

    /** Whether the row is a line drawn with characters. */
    public static boolean isRule(List<String> row) {
        return !isBlank(row)
                && row.stream()
                        .allMatch(cell -> cell.isBlank()
                                || cell.length() <= MAX_CHARS
                                        && RULE.matcher(cell).matches());
    }

    /**
     * Whether the first row is data: it has an address, as the rows below it do, or there are no rows below it. A name of a
     * column is not an address.
     */
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
