package dev.importonce.target;

import dev.importonce.target.GeneratedType.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the table of a {@link GeneratedCase} has after each of its imports, and what each counts: as simply as it can be said. */
final class GeneratedModel {
    private final GeneratedCase made;
    private final TreeMap<String, List<String>> stored = new TreeMap<>();

    GeneratedModel(GeneratedCase made) {
        this.made = made;
    }

    /** The rows that are stored, by their key; a row's values are as the database shows them. */
    TreeMap<String, List<String>> stored() {
        return new TreeMap<>(stored);
    }

    /** Imports a file; the counts that are not 0. */
    String imported(GeneratedCase.Import each) {
        Counts counts = new Counts();
        List<Boolean> clear = IntStream.range(0, made.width())
                .mapToObj(i -> made.type(i)
                        .isClear(each.rows().stream()
                                .map(row -> row.get(i).text())
                                .toList()))
                .toList();
        Map<String, List<Cell>> last = new LinkedHashMap<>();
        for (List<Cell> row : each.rows())
            if (!isReadable(row, clear)) counts.add("rejected");
            else if (last.put(key(row), row) != null) counts.add("overridden");
        last.forEach((key, row) -> counts.add(merge(key, row, each)));
        return counts.toString();
    }

    private boolean isReadable(List<Cell> row, List<Boolean> clear) {
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            if (i < made.keys().size() && cell.text().isEmpty()) return false;
            if (cell.bad() && !made.type(i).namesNothing(cell) || cell.ambiguous() && !clear.get(i)) return false;
        }
        return true;
    }

    private String key(List<Cell> row) {
        return row.stream().limit(made.keys().size()).map(Cell::value).collect(Collectors.joining("|"));
    }

    private String merge(String key, List<Cell> row, GeneratedCase.Import each) {
        for (int i = 0; i < row.size(); i++) if (made.type(i).namesNothing(row.get(i))) return "rejected";
        List<String> old = stored.get(key);
        if (old != null && each.onExisting().equals("skip")) return "skipped";
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String given = row.get(i).value();
            boolean taken = old == null
                    || (each.onExisting().equals("fill")
                            ? old.get(i) == null
                            : given != null || each.onBlank().equals("clear"));
            merged.add(taken ? given : old.get(i));
            if (made.type(i).refuses(merged.get(i))) return "rejected";
        }
        if (merged.equals(old)) return "unchanged";
        stored.put(key, merged);
        return old == null ? "inserted" : "updated";
    }

    private static final class Counts {
        private static final List<String> NAMES =
                List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected");

        private final Map<String, Integer> counts = new TreeMap<>();

        void add(String name) {
            counts.merge(name, 1, Integer::sum);
        }

        @Override
        public String toString() {
            return NAMES.stream()
                    .filter(counts::containsKey)
                    .map(name -> name + " " + counts.get(name))
                    .collect(Collectors.joining(", "));
        }
    }
}
