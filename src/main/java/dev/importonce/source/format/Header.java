package dev.importonce.source.format;

import dev.importonce.key.Nfc;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a file's columns. */
public final class Header {
    /** Most columns, as many as a spreadsheet can have. */
    public static final int MAX_COLUMNS = 16_384;

    /** Most bytes of all names together, in UTF-8. They go wherever the columns are shown. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Most bytes of a block's rows for names that are stored with each row again: what a block becomes has to fit into memory. */
    private static final int MAX_BYTES_AGAIN = 8 << 20;

    private Header() {}

    /** Bytes of a name in JSON that is stored, its quotes, colon and comma with it. */
    public static int bytesInJson(String name) {
        int bytes = 4;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ') bytes += 6;
            else if (c == '"' || c == '\\') bytes += 2;
            else bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    /** Most rows of a block under such names, of so many otherwise. */
    public static int mostRows(int rows, long bytesOfNames) {
        return (int) Math.max(1, Math.min(rows, MAX_BYTES_AGAIN / Math.max(1, bytesOfNames)));
    }

    /** The same of all of them. */
    public static long bytesInJson(Collection<String> names) {
        return names.stream().mapToLong(Header::bytesInJson).sum();
    }

    /**
     * Names trimmed and in NFC, and {@code Column n} where there is none; a problem when they are too many or too long, or one
     * cannot be stored.
     */
    public static List<String> of(List<String> cells) {
        if (cells.size() > MAX_COLUMNS) throw tooMany(cells.size());
        List<String> names = cells.stream().map(cell -> composed(cell).strip()).toList();
        long bytes = 0;
        for (String name : names) bytes += name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) throw tooLong(bytes);
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0 || !name.equals(spelled(name))))
            throw new ProblemException(
                    ProblemType.UNREADABLE_FILE,
                    "The name of a column has a character that cannot be stored: U+0000 or half a surrogate pair. Is this a"
                            + " file with a table?");
        return names.contains("") ? named(names) : names;
    }

    /** What is in a column without a name is not to be lost. */
    private static List<String> named(List<String> names) {
        if (names.stream().allMatch(String::isEmpty)) return names;
        Set<String> taken = new HashSet<>(names);
        List<String> all = new ArrayList<>(names);
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isEmpty()) continue;
            String name = "Column " + (i + 1);
            while (!taken.add(name)) name += "*";
            all.set(i, name);
        }
        return List.copyOf(all);
    }

    private static String composed(String name) {
        if (!Nfc.isSafe(name))
            throw new ProblemException(
                    ProblemType.TOO_COMPLEX,
                    "The name of a column has more than " + Nfc.MOST_MARKS + " combining marks in a row. Shorten it.");
        return Nfc.of(name);
    }

    /** Each half of a surrogate pair that has lost its other half as JSON spells it; all else as it is. */
    public static String spelled(String name) {
        if (name.chars().noneMatch(c -> Character.isSurrogate((char) c))) return name;
        return name.codePoints()
                .mapToObj(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** The refusal of names that are too long. */
    public static ProblemException tooLong(long bytes) {
        return new ProblemException(
                ProblemType.TOO_COMPLEX,
                "The names of the columns have " + bytes + " bytes together; they may have " + MAX_BYTES
                        + ". Shorten them. Is this a file with a table?");
    }

    public static ProblemException tooMany(int columns) {
        return new ProblemException(
                ProblemType.UNREADABLE_FILE,
                "The file has " + columns + " columns; it may have " + MAX_COLUMNS + ". Is this a file with a table?");
    }
}
