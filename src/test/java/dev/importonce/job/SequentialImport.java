package dev.importonce.job;

import dev.importonce.job.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an import means, written down as plainly as possible: row by row, in one thread, in memory. */
public final class SequentialImport {
    /** A stored contact: first name, last name. */
    public record Person(String first, String last) {}

    /** A row of the file; an address without @ is rejected. */
    public record Line(String email, String first, String last) {
        public String csv() {
            return email + "," + first + "," + last;
        }
    }

    public final Map<String, Person> contacts;
    public final Map<String, Integer> counts = new TreeMap<>();

    public SequentialImport(Map<String, Person> before) {
        contacts = new TreeMap<>(before);
        List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected")
                .forEach(name -> counts.put(name, 0));
    }

    public void run(List<Line> file, Mapping.OnExisting onExisting, Mapping.OnBlank onBlank) {
        Map<String, Line> latest = new LinkedHashMap<>();
        for (Line line : new ArrayList<>(file)) {
            if (!line.email().contains("@")) count("rejected");
            else if (latest.put(line.email().toLowerCase(java.util.Locale.ROOT), line) != null) count("overridden");
        }
        latest.forEach((email, line) -> merge(email, line, onExisting, onBlank));
    }

    private void merge(String email, Line line, Mapping.OnExisting onExisting, Mapping.OnBlank onBlank) {
        Person stored = contacts.get(email);
        if (stored == null) {
            contacts.put(email, new Person(text(line.first()), text(line.last())));
            count("inserted");
        } else if (onExisting == Mapping.OnExisting.SKIP) {
            count("skipped");
        } else {
            Person merged = new Person(
                    value(stored.first(), text(line.first()), onExisting, onBlank),
                    value(stored.last(), text(line.last()), onExisting, onBlank));
            count(merged.equals(stored) ? "unchanged" : "updated");
            contacts.put(email, merged);
        }
    }

    private static String value(
            String stored, String incoming, Mapping.OnExisting onExisting, Mapping.OnBlank onBlank) {
        if (onExisting == Mapping.OnExisting.FILL) return stored == null ? incoming : stored;
        if (incoming == null) return onBlank == Mapping.OnBlank.CLEAR ? null : stored;
        return incoming;
    }

    private static String text(String cell) {
        return cell.isBlank() ? null : cell;
    }

    private void count(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }
}
