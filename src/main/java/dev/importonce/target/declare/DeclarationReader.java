package dev.importonce.target.declare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.JsonProperties;
import dev.importonce.problem.Fault;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a declaration, and collects all its faults. Whether the table is as declared is for the catalogue to say. */
public final class DeclarationReader {
    private static final String NAME = "[a-z][a-z0-9_-]{0,62}";
    private static final Set<String> KNOWN =
            Set.of("name", "label", "table", "owner", "key", "attributes", "id", "updatedAt", "fields", "distribute");

    private final JsonProperties json;

    private DeclarationReader(JsonProperties json) {
        this.json = json.known(KNOWN);
    }

    /** Reads a document. */
    public static Outcome read(JsonNode document) {
        if (document == null || !document.isObject())
            return new Outcome(null, List.of(Fault.at("", Sentence.of("declaration-must-be-object"))));
        JsonProperties json = new JsonProperties(document);
        Declaration declaration = new DeclarationReader(json).declaration();
        return new Outcome(json.faults().isEmpty() ? declaration : null, json.faults());
    }

    /**
     * What was read.
     *
     * @param declaration null if there are faults
     * @param faults each with its place in the document
     */
    public record Outcome(Declaration declaration, List<Fault> faults) {}

    private Declaration declaration() {
        String name = json.requiredText("name", "target-name-missing");
        if (name != null && !name.matches(NAME)) json.fault("name", Sentence.of("target-name-not-of-form"));
        String table = json.requiredText("table", "table-name-missing");
        Owner owner = Owners.read(json);
        Declaration.Filled filled =
                new Declaration.Filled(json.text("attributes"), json.text("id"), json.text("updatedAt"));
        json.flag("distribute");
        List<DeclaredField> fields = fields();
        List<String> key = key(fields);
        separate(fields, owner, filled);
        return new Declaration(name, Labels.read(json), table, owner, key, filled, fields, false);
    }

    private List<DeclaredField> fields() {
        List<DeclaredField> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonProperties each : json.objects("fields", Declaration.MOST_FIELDS)) {
            DeclaredField field = new FieldReader(each).read();
            if (field == null) continue;
            if (!names.add(field.field().name())) each.fault("name", Sentence.of("field-name-taken"));
            fields.add(field);
        }
        return fields;
    }

    private List<String> key(List<DeclaredField> fields) {
        List<String> key = json.texts("key", Declaration.MOST_KEYS);
        if (key.isEmpty()) json.fault("key", Sentence.of("key-missing", Declaration.MOST_KEYS));
        Set<String> seen = new HashSet<>();
        for (String name : key) {
            if (!seen.add(name)) json.fault("key", Sentence.of("key-has-field-twice", name));
            if (fields.stream().noneMatch(field -> field.field().name().equals(name)))
                json.fault("key", Sentence.of("key-field-not-declared", name));
        }
        return key;
    }

    /** A column is written once, and the owner's by the service only. */
    private void separate(List<DeclaredField> fields, Owner owner, Declaration.Filled filled) {
        Set<String> columns = new HashSet<>();
        if (owner != null) columns.add(owner.column());
        apart("attributes", filled.attributes(), columns);
        apart("id", filled.id(), columns);
        apart("updatedAt", filled.updatedAt(), columns);
        for (DeclaredField field : fields)
            if (!columns.add(field.column()))
                json.fault(
                        "fields",
                        Sentence.of(
                                "column-taken", field.column(), field.field().name()));
    }

    private void apart(String property, String column, Set<String> columns) {
        if (column != null && !columns.add(column)) json.fault(property, Sentence.of("column-filled-otherwise"));
    }
}
