package dev.importonce.source.format;

import dev.importonce.key.Nfc;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a file's columns. */
public final class Header {
    /** Maximum number of columns, which is that of a spreadsheet. */
    public static final int MAX_COLUMNS = 16_384;

    /** Maximum number of bytes of all names together, in UTF-8, since they are sent wherever the columns are shown. */
    public static final int MAX_BYTES = 256 * 1024;

    /**
     * Maximum number of bytes in a block's rows for names that are stored again with each row, since the result of reading a
     * block has to fit into memory.
     */
    private static final int MAX_BYTES_AGAIN = 8 << 20;

    private Header() {}

    /** Number of bytes of a name in stored JSON, including its quotes, colon and comma. */
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

    /** Maximum number of rows of a block with such names; {@code rows} is the maximum without them. */
    public static int mostRows(int rows, long bytesOfNames) {
        return (int) Math.max(1, Math.min(rows, MAX_BYTES_AGAIN / Math.max(1, bytesOfNames)));
    }

    /** The total of {@link #bytesInJson(String)} of all names. */
    public static long bytesInJson(Collection<String> names) {
        return names.stream().mapToLong(Header::bytesInJson).sum();
    }

    /**
     * The names, trimmed and in NFC, and {@code Column n} for a column without a name; a problem when there are too many or
     * too long names, or one of them cannot be stored.
     */
    public static List<String> of(List<String> cells) {
        if (cells.size() > MAX_COLUMNS) throw tooMany(cells.size());
        List<String> names = cells.stream().map(cell -> composed(cell).strip()).toList();
        long bytes = 0;
        for (String name : names) bytes += name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) throw tooLong(bytes);
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0 || !name.equals(spelled(name))))
            throw new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of("column-name-character"));
        return names.contains("") ? named(names) : names;
    }

    /** Gives names to columns without one, so that their values are not lost. */
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
            throw new ProblemException(ProblemType.TOO_COMPLEX, Sentence.of("column-name-marks", Nfc.MOST_MARKS));
        return Nfc.of(name);
    }

    /** The name, with each unpaired surrogate as a JSON escape. */
    public static String spelled(String name) {
        if (name.chars().noneMatch(c -> Character.isSurrogate((char) c))) return name;
        return name.codePoints()
                .mapToObj(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** The problem of names that are too long. */
    public static ProblemException tooLong(long bytes) {
        return new ProblemException(ProblemType.TOO_COMPLEX, Sentence.of("column-names-too-long", bytes, MAX_BYTES));
    }

    public static ProblemException tooMany(int columns) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of("too-many-columns", columns, MAX_COLUMNS));
    }
}
