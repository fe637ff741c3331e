package dev.importonce.source.xlsx;

import dev.importonce.source.format.Notice;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Cells of a sheet that a notice names: the first of them, and how many there are. */
final class NamedCells {
    private static final int MOST_NAMED = 5;

    private final List<String> first = new ArrayList<>();
    private long count;

    /** @param column from 0 on */
    void add(int column, long row) {
        if (++count <= MOST_NAMED) first.add(letters(column) + row);
    }

    /** The notice, if there are any. */
    Stream<Notice> notice(String code) {
        if (count == 0) return Stream.empty();
        String named = String.join(", ", first);
        Object cells = count > MOST_NAMED ? Sentence.of("cells-and-more", named, count - MOST_NAMED) : named;
        return Stream.of(Notice.of(Sentence.of(code, cells), null, count));
    }

    private static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(0, (char) ('A' + (rest - 1) % 26));
        return letters.toString();
    }
}
