package dev.importonce.job.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.Text;
import dev.importonce.key.Nfc;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.format.FormatHint;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.RowMapper;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Dates;
import dev.importonce.target.type.Numbers;
import dev.importonce.words.Sentence;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the properties of one mapping and collects all their errors. */
final class MappingProperties {
    private static final Set<String> KNOWN = Set.of(
            "target",
            "orgId",
            "fields",
            "unmapped",
            "onExisting",
            "onBlank",
            "undoable",
            "format",
            "values",
            "numbers",
            "dates");
    private static final Set<String> KNOWN_NUMBERS = Set.of("decimal");
    private static final Set<String> KNOWN_DATES = Set.of("order", "zone");

    /** Maximum number of replacements of all fields together. */
    private static final int MAX_VALUES = 1_000;

    private final JsonNode json;
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    MappingProperties(JsonNode json) {
        this.json = json;
        refuseUnknown(json, "", KNOWN);
    }

    /** Only the first of several faults at one place is kept: the others are its consequences. */
    void fault(Fault fault) {
        faults.putIfAbsent(fault.pointer(), fault);
    }

    void refuseFaults() {
        if (faults.isEmpty()) return;
        List<Fault> all = List.copyOf(faults.values());
        throw new ProblemException(
                ProblemType.INVALID_MAPPING,
                Sentence.of("mapping-not-usable", all.get(0).sentence()),
                all);
    }

    String text(String property) {
        return text(json.get(property), "/" + property);
    }

    UUID uuid(String property) {
        String text = text(property);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            fault(Fault.at("/" + property, Sentence.of("must-be-uuid", property)));
            return null;
        }
    }

    boolean flag(String property) {
        JsonNode node = json.get(property);
        if (node == null || node.isNull()) return false;
        if (!node.isBoolean()) fault(Fault.at("/" + property, Sentence.of("must-be-true-or-false", property)));
        return node.asBoolean();
    }

    <E extends Enum<E>> E choice(String property, Class<E> type, E byDefault) {
        return choice(property, text(property), "/" + property, type, byDefault);
    }

    private <E extends Enum<E>> E choice(String property, String text, String pointer, Class<E> type, E byDefault) {
        if (text == null) return byDefault;
        for (E choice : type.getEnumConstants()) if (word(choice).equals(text)) return choice;
        String words = Arrays.stream(type.getEnumConstants())
                .map(MappingProperties::word)
                .collect(Collectors.joining(", "));
        fault(Fault.at(pointer, Sentence.of("must-be-one-of", property, words)));
        return byDefault;
    }

    /** Field to header, sorted by field. */
    Map<String, String> fields(Target target) {
        Map<String, String> headers = new TreeMap<>();
        JsonNode fields = json.get("fields");
        if (fields == null || !fields.isObject()) {
            fault(Fault.at("/fields", Sentence.of("fields-must-be-object")));
            return headers;
        }
        if (target == null) return headers;
        Set<String> known = target.fields().stream().map(Field::name).collect(Collectors.toSet());
        refuseUnknown(fields, "/fields", known);
        fields.properties().forEach(entry -> {
            String pointer = "/fields/" + escape(entry.getKey());
            String header = text(entry.getValue(), pointer);
            if (header == null || header.isBlank())
                fault(Fault.at(pointer, Sentence.of("column-not-named", entry.getKey())));
            else headers.put(entry.getKey(), header);
        });
        for (int i = 0; i < target.fields().size(); i++) {
            String name = target.fields().get(i).name();
            if (fields.has(name)) continue;
            List<String> together = target.together(target.fields().get(i)).stream()
                    .map(Field::name)
                    .toList();
            String pointer = "/fields/" + escape(name);
            if (target.requires(i)) fault(Fault.at(pointer, Sentence.of("field-needed", target.name(), name)));
            else if (together.stream().anyMatch(fields::has))
                fault(Fault.at(pointer, Sentence.of("map-together", name, String.join(", ", together))));
        }
        return headers;
    }

    FormatHint format() {
        return new FormatProperties(this).read();
    }

    /** Replacements for texts of cells by field, sorted, both texts cleaned; null when there are none. */
    Map<String, Map<String, String>> values() {
        JsonNode values = json.get("values");
        if (values == null || values.isNull()) return null;
        if (!values.isObject()) {
            fault(Fault.at("/values", Sentence.of("values-must-be-object")));
            return null;
        }
        Map<String, Map<String, String>> fields = new TreeMap<>();
        values.properties().forEach(field -> {
            String pointer = "/values/" + escape(field.getKey());
            if (!json.path("fields").has(field.getKey()))
                fault(Fault.at(pointer, Sentence.of("values-of-unmapped-field")));
            else if (!field.getValue().isObject()) fault(Fault.at(pointer, Sentence.of("replacements-must-be-object")));
            else if (!field.getValue().isEmpty()) fields.put(field.getKey(), replacements(field.getValue(), pointer));
        });
        if (fields.values().stream().mapToInt(Map::size).sum() > MAX_VALUES)
            fault(Fault.at("/values", Sentence.of("too-many-replacements", MAX_VALUES)));
        return fields.isEmpty() ? null : fields;
    }

    private Map<String, String> replacements(JsonNode texts, String pointer) {
        Map<String, String> replacements = new TreeMap<>();
        texts.properties().forEach(entry -> {
            String at = pointer + "/" + escape(entry.getKey());
            String cell = value(entry.getKey(), at);
            String taken = entry.getValue().isTextual() ? value(entry.getValue().textValue(), at) : null;
            if (!entry.getValue().isTextual()) fault(Fault.at(at, Sentence.of("replacement-must-be-string")));
            else if (cell != null && taken != null && replacements.putIfAbsent(cell, taken) != null)
                fault(Fault.at(at, Sentence.of("replacement-twice")));
        });
        return replacements;
    }

    /** The object of that name, whose unknown properties are refused; null: nothing is said, or a fault. */
    JsonNode object(String property, Set<String> known) {
        JsonNode object = json.get(property);
        if (object == null || object.isNull()) return null;
        if (!object.isObject()) {
            fault(Fault.at("/" + property, Sentence.of("must-be-object", property)));
            return null;
        }
        refuseUnknown(object, "/" + property, known);
        return object;
    }

    Numbers numbers() {
        JsonNode numbers = object("numbers", KNOWN_NUMBERS);
        if (numbers == null) return null;
        String decimal = text(numbers.get("decimal"), "/numbers/decimal");
        if (decimal == null) return null;
        for (Numbers.Sign sign : Numbers.Sign.values()) if (sign.text().equals(decimal)) return new Numbers(sign);
        fault(Fault.at("/numbers/decimal", Sentence.of("must-be-one-of", "decimal", "\".\", \",\"")));
        return null;
    }

    Dates dates() {
        JsonNode dates = object("dates", KNOWN_DATES);
        if (dates == null) return null;
        Dates.Order order =
                choice("order", text(dates.get("order"), "/dates/order"), "/dates/order", Dates.Order.class, null);
        Dates said = new Dates(order, zone(text(dates.get("zone"), "/dates/zone")));
        return said.equals(Dates.UNSAID) ? null : said;
    }

    private String zone(String name) {
        try {
            return name == null ? null : Dates.zone(name);
        } catch (DateTimeException e) {
            fault(Fault.at("/dates/zone", Sentence.of("no-such-zone")));
            return null;
        }
    }

    /** The text, cleaned like that of a cell; null when it cannot be the text of a cell. */
    private String value(String text, String pointer) {
        if (text.length() > RowMapper.MAX_ATTRIBUTE) {
            fault(Fault.at(pointer, Sentence.of("this-too-long", RowMapper.MAX_ATTRIBUTE)));
            return null;
        }
        String composed = composed(text, pointer);
        return composed == null ? null : Cells.clean(composed);
    }

    String text(JsonNode node, String pointer) {
        if (node == null || node.isNull()) return null;
        if (!node.isTextual()) {
            fault(Fault.at(pointer, Sentence.of("this-must-be-string")));
            return null;
        }
        return composed(node.textValue(), pointer);
    }

    /** In NFC; null when it cannot be used. */
    private String composed(String text, String pointer) {
        Optional<Sentence> unusable = Text.faultOf(text);
        if (unusable.isPresent()) {
            fault(Fault.at(pointer, unusable.get()));
            return null;
        }
        if (!Nfc.isSafe(text)) fault(Fault.at(pointer, Sentence.of("this-has-too-many-marks", Nfc.MOST_MARKS)));
        return Nfc.of(text);
    }

    private void refuseUnknown(JsonNode object, String pointer, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                fault(Fault.at(
                        pointer + "/" + escape(name),
                        Sentence.of("unknown-property", known.stream().sorted().collect(Collectors.joining(", ")))));
        });
    }

    /** RFC 6901, section 3. */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
