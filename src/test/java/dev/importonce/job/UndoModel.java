package dev.importonce.job;

import dev.importonce.job.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What importing and undoing mean, written down as plainly as possible: contact by contact, value by value, in memory. */
public final class UndoModel {
    /** A row's values, in this order; absent where blank. */
    public static final List<String> FIELDS = List.of("firstName", "attributes.A", "attributes.B");

    /** A row of a file: one cell per field, blank ones empty. */
    public record Row(String email, List<String> cells) {}

    /** How many contacts have nothing of the import any more, and which fields of the others are left. */
    public record Outcome(int undone, Map<String, List<String>> kept) {}

    private record Contact(int id, Map<String, String> values) {}

    /** Before is null for a contact that was inserted. */
    private record Change(int id, Map<String, String> before, Map<String, String> after) {}

    private final Map<String, Contact> contacts = new TreeMap<>();
    private final List<Map<String, Change>> imports = new ArrayList<>();
    private int ids;

    public Map<String, Map<String, String>> contacts() {
        Map<String, Map<String, String>> values = new TreeMap<>();
        contacts.forEach((email, contact) -> values.put(email, new TreeMap<>(contact.values())));
        return values;
    }

    /** @return the number to undo it by */
    public int run(List<Row> rows, Mapping.OnExisting onExisting, boolean clear) {
        Map<String, Row> latest = new LinkedHashMap<>();
        rows.forEach(row -> latest.put(row.email(), row));
        Map<String, Change> changes = new TreeMap<>();
        latest.forEach((email, row) -> {
            Contact stored = contacts.get(email);
            Map<String, String> after = new TreeMap<>(stored == null ? Map.of() : stored.values());
            for (int i = 0; i < FIELDS.size(); i++)
                merge(after, FIELDS.get(i), row.cells().get(i), onExisting, clear);
            if (stored == null) {
                contacts.put(email, new Contact(++ids, after));
                changes.put(email, new Change(ids, null, after));
            } else if (onExisting != Mapping.OnExisting.SKIP && !after.equals(stored.values())) {
                contacts.put(email, new Contact(stored.id(), after));
                changes.put(email, new Change(stored.id(), stored.values(), after));
            }
        });
        imports.add(changes);
        return imports.size() - 1;
    }

    private static void merge(
            Map<String, String> values, String field, String cell, Mapping.OnExisting onExisting, boolean clear) {
        if (onExisting == Mapping.OnExisting.FILL && values.containsKey(field)) return;
        if (!cell.isEmpty()) values.put(field, cell);
        else if (clear && onExisting == Mapping.OnExisting.UPDATE) values.remove(field);
    }

    public Outcome undo(int number) {
        int undone = 0;
        Map<String, List<String>> kept = new TreeMap<>();
        for (Map.Entry<String, Change> entry : imports.get(number).entrySet()) {
            List<String> left = undo(entry.getKey(), entry.getValue());
            if (left == null) undone++;
            else kept.put(entry.getKey(), left);
        }
        return new Outcome(undone, kept);
    }

    /** @return the fields that are left as they are; null: nothing of the import is */
    private List<String> undo(String email, Change change) {
        Contact stored = contacts.get(email);
        boolean gone = stored == null || stored.id() != change.id();
        if (gone) return change.before() == null ? null : List.of();
        List<String> left = new ArrayList<>();
        Map<String, String> values = new TreeMap<>(stored.values());
        for (String field : FIELDS) {
            String now = stored.values().get(field);
            String after = change.after().get(field);
            String before = change.before() == null ? null : change.before().get(field);
            if (change.before() != null && Objects.equals(before, after)) continue;
            if (!Objects.equals(now, after)) {
                if (change.before() == null || !Objects.equals(now, before)) left.add(field);
            } else if (before == null) values.remove(field);
            else values.put(field, before);
        }
        if (change.before() != null) contacts.put(email, new Contact(stored.id(), values));
        else if (left.isEmpty()) contacts.remove(email);
        return left.isEmpty() ? null : left;
    }
}
