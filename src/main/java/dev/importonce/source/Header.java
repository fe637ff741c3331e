package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;

/** The names of a file's columns. */
final class Header {
    /** Most columns, as many as a spreadsheet can have. */
    static final int MAX_COLUMNS = 16_384;

    private Header() {}

    /** Names trimmed and in NFC; a problem when there are too many or one cannot be stored. */
    static List<String> of(List<String> cells) {
        if (cells.size() > MAX_COLUMNS) throw tooMany(cells.size());
        List<String> names = cells.stream()
                .map(cell -> Normalizer.normalize(cell, Normalizer.Form.NFC).strip())
                .toList();
        if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0 || !name.equals(spelled(name))))
            throw new ProblemException(
                    ProblemType.UNREADABLE_FILE,
                    "The name of a column has a character that cannot be stored: U+0000 or half a surrogate pair. Is this a"
                            + " file with a table?");
        return names;
    }

    /** Each half of a surrogate pair that has lost its other half as JSON spells it; all else as it is. */
    static String spelled(String name) {
        return name.codePoints()
                .mapToObj(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    static ProblemException tooMany(int columns) {
        return new ProblemException(
                ProblemType.UNREADABLE_FILE,
                "The file has " + columns + " columns; it may have " + MAX_COLUMNS + ". Is this a file with a table?");
    }
}
