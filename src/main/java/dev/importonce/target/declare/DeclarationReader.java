package dev.importonce.target.declare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.JsonProperties;
import dev.importonce.problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a declaration, and collects all its faults. Whether the table is as declared is for the catalogue to say. */
public final class DeclarationReader {
    private static final String NAME = "[a-z][a-z0-9_-]{0,62}";
    private static final Set<String> KNOWN =
            Set.of("name", "label", "table", "owner", "key", "attributes", "fields", "distribute");

    private final JsonProperties json;

    private DeclarationReader(JsonProperties json) {
        this.json = json.known(KNOWN);
    }

    /** Reads a document. */
    public static Outcome read(JsonNode document) {
        if (document == null || !document.isObject())
            return new Outcome(null, List.of(Fault.at("", "A declaration must be a JSON object.")));
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
        String name = json.requiredText("name", "Name the target.");
        if (name != null && !name.matches(NAME))
            json.fault("name", "A target's name is a small letter and at most 62 small letters, digits, - or _.");
        String table = json.requiredText("table", "Name the table with its schema, such as public.products.");
        Owner owner = Owners.read(json);
        String attributes = json.text("attributes");
        json.flag("distribute");
        List<DeclaredField> fields = fields();
        List<String> key = key(fields);
        separate(fields, owner, attributes);
        return new Declaration(name, Labels.read(json), table, owner, key, attributes, fields);
    }

    private List<DeclaredField> fields() {
        List<DeclaredField> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonProperties each : json.objects("fields", Declaration.MOST_FIELDS)) {
            DeclaredField field = new FieldReader(each).read();
            if (field == null) continue;
            if (!names.add(field.field().name())) each.fault("name", "Another field has this name.");
            fields.add(field);
        }
        return fields;
    }

    private List<String> key(List<DeclaredField> fields) {
        List<String> key = json.texts("key", Declaration.MOST_KEYS);
        if (key.isEmpty())
            json.fault("key", "Name the fields that identify a row, 1 to " + Declaration.MOST_KEYS + ".");
        Set<String> seen = new HashSet<>();
        for (String name : key) {
            if (!seen.add(name)) json.fault("key", "\"" + name + "\" is twice in the key.");
            if (fields.stream().noneMatch(field -> field.field().name().equals(name)))
                json.fault("key", "No field has the name \"" + name + "\".");
        }
        return key;
    }

    /** A column is written once, and the owner's by the service only. */
    private void separate(List<DeclaredField> fields, Owner owner, String attributes) {
        Set<String> columns = new HashSet<>();
        if (owner != null) columns.add(owner.column());
        if (attributes != null && !columns.add(attributes)) json.fault("attributes", "This is the owner's column.");
        for (DeclaredField field : fields)
            if (!columns.add(field.column()))
                json.fault(
                        "fields",
                        "The column \"" + field.column() + "\" of the field "
                                + field.field().name() + " is another field's, the attributes' or the owner's.");
    }
}
