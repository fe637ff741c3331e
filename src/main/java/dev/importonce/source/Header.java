package dev.importonce.source;

import dev.importonce.key.Nfc;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The names of a file's columns. */
final class Header {
    /** Most columns, as many as a spreadsheet can have. */
    static final int MAX_COLUMNS = 16_384;

    /** Most bytes of all names together, in UTF-8. They go wherever the columns are shown. */
    static final int MAX_BYTES = 256 * 1024;

    private Header() {}

    /** Names trimmed and in NFC; a problem when they are too many or too long, or one cannot be stored. */
    static List<String> of(List<String> cells) {
        if (cells.size() > MAX_COLUMNS) throw tooMany(cells.size());
        List<String> names = cells.stream().map(cell -> composed(cell).strip()).toList();
        long bytes = 0;
        for (String name : names) bytes += name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) throw tooLong(bytes);
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0))
            throw new ProblemException(
                    ProblemType.UNREADABLE_FILE,
                    "The name of a column has a character U+0000. Is this a file with a table?");
        return names;
    }

    private static String composed(String name) {
        if (!Nfc.isSafe(name))
            throw new ProblemException(
                    ProblemType.TOO_COMPLEX,
                    "The name of a column has more than " + Nfc.MOST_MARKS + " combining marks in a row. Shorten it.");
        return Nfc.of(name);
    }

    /** The refusal of names that are too long. */
    static ProblemException tooLong(long bytes) {
        return new ProblemException(
                ProblemType.TOO_COMPLEX,
                "The names of the columns have " + bytes + " bytes together; they may have " + MAX_BYTES
                        + ". Shorten them. Is this a file with a table?");
    }

    static ProblemException tooMany(int columns) {
        return new ProblemException(
                ProblemType.UNREADABLE_FILE,
                "The file has " + columns + " columns; it may have " + MAX_COLUMNS + ". Is this a file with a table?");
    }
}
