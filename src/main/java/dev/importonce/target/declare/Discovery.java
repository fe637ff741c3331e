package dev.importonce.target.declare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import dev.importonce.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a table's catalogue suggests as its declaration: a draft that its operator reads and completes.
 *
 * @param declaration as JSON; the key is the first candidate, if there is one
 * @param keyCandidates lists of fields that a unique index is on, beside the owner's column
 * @param notes what the catalogue does not say, or what was left out
 */
public record Discovery(ObjectNode declaration, List<List<String>> keyCandidates, List<Sentence> notes) {
    private static final Map<String, FieldType> TYPES = types();
    private static final Set<String> OF_ORGANISATIONS =
            Set.of("org_id", "organisation_id", "organization_id", "tenant_id");
    private static final Set<String> OF_USERS = Set.of("user_id", "owner_id");

    private static Map<String, FieldType> types() {
        Map<String, FieldType> types = new HashMap<>();
        for (String text : List.of("text", "varchar", "bpchar", "citext")) types.put(text, FieldType.TEXT);
        for (String whole : List.of("int2", "int4", "int8")) types.put(whole, FieldType.INTEGER);
        for (String number : List.of("numeric", "float4", "float8")) types.put(number, FieldType.DECIMAL);
        for (String moment : List.of("timestamptz", "timestamp")) types.put(moment, FieldType.TIMESTAMP);
        for (String list : List.of("_text", "_varchar", "_bpchar", "_citext")) types.put(list, FieldType.LIST);
        for (String json : List.of("json", "jsonb")) types.put(json, FieldType.JSON);
        types.put("bool", FieldType.BOOLEAN);
        types.put("date", FieldType.DATE);
        types.put("time", FieldType.TIME);
        types.put("uuid", FieldType.UUID);
        return types;
    }

    /** What the table suggests. */
    static Discovery of(CatalogueTable table, Function<TableName, Optional<CatalogueTable>> others) {
        return new Draft(table, others).discovery();
    }

    private static final class Draft {
        private final CatalogueTable table;
        private final Function<TableName, Optional<CatalogueTable>> others;
        private final CheckRules checks;
        private final Optional<Owner> owner;
        private final Map<String, String> names = new HashMap<>();
        private final ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        private final List<Sentence> notes = new ArrayList<>();

        Draft(CatalogueTable table, Function<TableName, Optional<CatalogueTable>> others) {
            this.table = table;
            this.others = others;
            checks = new CheckRules(table.checks());
            owner = owner(table);
        }

        Discovery discovery() {
            table.columns().forEach(this::field);
            List<List<String>> candidates = candidates();
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("name", name(table.name().name(), "[^a-z0-9]+", "-"));
            json.put(
                    "table",
                    quoted(table.name().schema()) + "." + quoted(table.name().name()));
            json.set("owner", ownerJson(owner));
            ArrayNode key = json.putArray("key");
            if (!candidates.isEmpty()) candidates.get(0).forEach(key::add);
            json.set("fields", fields);
            say(candidates);
            return new Discovery(json, candidates, List.copyOf(notes));
        }

        private void say(List<List<String>> candidates) {
            notes.add(owner.map(Draft::belonging).orElseGet(() -> Sentence.of("rows-seem-of-nobody")));
            if (candidates.isEmpty()) notes.add(Sentence.of("no-index-for-key"));
            for (String condition : checks.others()) notes.add(Sentence.of("database-checks-also", condition));
            for (String index : table.indexes().others()) notes.add(Sentence.of("index-no-key", index));
        }

        private static Sentence belonging(Owner owner) {
            return owner.kind() == Owner.Kind.USER
                    ? Sentence.of("rows-seem-of-user", owner.column())
                    : Sentence.of("rows-seem-of-organisation", owner.column());
        }

        private void field(CatalogueColumn column) {
            if (owner.filter(each -> each.column().equals(column.name())).isPresent()) return;
            if (column.filling() == Filling.GENERATED || column.filling() == Filling.IDENTITY) return;
            FieldType type = column.labels().isEmpty() ? TYPES.get(column.type()) : FieldType.ENUM;
            if (type == null) {
                notes.add(Sentence.of("column-of-no-field", column.name(), column.type()));
                return;
            }
            if (reference(column)) return;
            List<String> values = column.labels().isEmpty() ? checks.values(column.name()) : column.labels();
            if (!values.isEmpty() && type == FieldType.TEXT) type = FieldType.ENUM;
            ObjectNode field = field(column, type);
            rules(field, type, column, values);
        }

        /** A foreign key to a table whose rows have another unique key: people know that one. */
        private boolean reference(CatalogueColumn column) {
            for (CatalogueTable.ForeignKey key : table.foreignKeys()) {
                if (!key.columns().contains(column.name())) continue;
                Optional<CatalogueTable> other = others.apply(key.table());
                Optional<Owner> theirs = other.flatMap(Draft::owner);
                Optional<List<String>> match = other.flatMap(each -> match(each, theirs));
                if (match.isEmpty()) continue;
                ObjectNode field = field(column, FieldType.REFERENCE);
                ObjectNode references = field.putObject("references");
                references.put(
                        "table",
                        quoted(key.table().schema()) + "." + quoted(key.table().name()));
                match.get().forEach(references.putArray("match")::add);
                references.set("owner", ownerJson(theirs));
                return true;
            }
            return false;
        }

        /** The shortest such key, without the columns of primary and foreign keys, whose values no file has. */
        private static Optional<List<String>> match(CatalogueTable other, Optional<Owner> owner) {
            List<List<String>> found = new ArrayList<>();
            for (List<String> key : other.indexes().keys()) {
                List<String> own = new ArrayList<>(key);
                boolean isOwned = owner.isEmpty() || own.remove(owner.get().column());
                boolean known = own.stream().noneMatch(column -> isInternal(other, column));
                if (isOwned && known && !own.isEmpty() && own.size() <= Declaration.MOST_KEYS) found.add(own);
            }
            return found.stream().min(Comparator.comparing(List::size));
        }

        private static boolean isInternal(CatalogueTable other, String column) {
            return other.indexes().primary().contains(column)
                    || other.foreignKeys().stream()
                            .anyMatch(key -> key.columns().contains(column));
        }

        private ObjectNode field(CatalogueColumn column, FieldType type) {
            ObjectNode field = fields.addObject();
            field.put("name", fieldName(column.name()));
            field.put("column", column.name());
            field.put("type", type.word());
            if (column.filling() == Filling.REQUIRED) field.put("required", true);
            return field;
        }

        private static Optional<Owner> owner(CatalogueTable table) {
            return table.columns().stream()
                    .flatMap(column -> owner(column).stream())
                    .findFirst();
        }

        private void rules(ObjectNode field, FieldType type, CatalogueColumn column, List<String> values) {
            if (type == FieldType.TEXT && column.length() > 0) field.put("maxLength", column.length());
            if (type == FieldType.DECIMAL && column.scale() >= 0) field.put("scale", column.scale());
            if (type == FieldType.DECIMAL || type == FieldType.INTEGER) {
                checks.min(column.name()).ifPresent(min -> field.put("min", min));
                checks.max(column.name()).ifPresent(max -> field.put("max", max));
            }
            if (type == FieldType.ENUM) {
                ObjectNode choices = field.putObject("values");
                values.forEach(choices::putArray);
            }
        }

        private List<List<String>> candidates() {
            List<List<String>> candidates = new ArrayList<>();
            for (List<String> key : table.indexes().keys()) {
                List<String> own = new ArrayList<>(key);
                boolean isOwned = owner.isEmpty() || own.remove(owner.get().column());
                if (isOwned && !own.isEmpty() && names.keySet().containsAll(own) && own.size() <= Declaration.MOST_KEYS)
                    candidates.add(own.stream().map(names::get).toList());
            }
            return candidates;
        }

        private static ObjectNode ownerJson(Optional<Owner> owner) {
            return owner.map(each -> JsonNodeFactory.instance
                            .objectNode()
                            .put(each.kind().name().toLowerCase(Locale.ROOT), each.column()))
                    .orElse(null);
        }

        private static Optional<Owner> owner(CatalogueColumn column) {
            if (!column.type().equals("uuid")) return Optional.empty();
            if (OF_ORGANISATIONS.contains(column.name()))
                return Optional.of(new Owner(Owner.Kind.ORGANISATION, column.name()));
            return OF_USERS.contains(column.name())
                    ? Optional.of(new Owner(Owner.Kind.USER, column.name()))
                    : Optional.empty();
        }

        /** In camel case, of ASCII letters and digits, and different from all others. */
        private String fieldName(String column) {
            String[] words = name(column, "[^a-z0-9]+", " ").split(" ");
            StringBuilder name = new StringBuilder(words[0]);
            for (int i = 1; i < words.length; i++)
                name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
            Set<String> taken = new HashSet<>(names.values());
            String free = name.toString();
            for (int i = 2; taken.contains(free); i++) free = name.toString() + i;
            names.put(column, free);
            return free;
        }

        private static String name(String text, String strange, String between) {
            String plain = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKD)
                    .replaceAll("\\p{M}", "")
                    .toLowerCase(Locale.ROOT)
                    .replace("\u00df", "ss")
                    .replace("\u00e6", "ae")
                    .replace('\u00f8', 'o')
                    .replace('\u0142', 'l')
                    .replace('\u0131', 'i')
                    .replaceAll(strange, between)
                    .replaceAll("^[^a-z]+|[^a-z0-9]+$", "");
            String name = plain.isEmpty() ? "field" : plain;
            return name.substring(0, Math.min(name.length(), 60));
        }

        private static String quoted(String identifier) {
            return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
        }
    }
}
