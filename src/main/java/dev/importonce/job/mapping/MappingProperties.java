package dev.importonce.job.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.JsonProperties;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private final JsonProperties json;
    private final Set<String> mapped = new HashSet<>();

    MappingProperties(JsonNode json) {
        this.json = new JsonProperties(json).known(KNOWN);
        json.path("fields").fieldNames().forEachRemaining(mapped::add);
    }

    void fault(String property, Sentence detail) {
        json.fault(property, detail);
    }

    void refuseFaults() {
        List<Fault> faults = json.faults();
        if (faults.isEmpty()) return;
        throw new ProblemException(
                ProblemType.INVALID_MAPPING,
                Sentence.of("mapping-not-usable", faults.get(0).sentence()),
                faults);
    }

    String text(String property) {
        return json.text(property);
    }

    UUID uuid(String property) {
        String text = text(property);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            fault(property, Sentence.of("must-be-uuid", property));
            return null;
        }
    }

    boolean flag(String property) {
        return json.flag(property);
    }

    <E extends Enum<E>> E choice(String property, Class<E> type, E byDefault) {
        E choice = json.choice(property, type);
        return choice == null ? byDefault : choice;
    }

    /** Field to header, sorted by field. */
    Map<String, String> fields(Target target) {
        Map<String, String> headers = new TreeMap<>();
        JsonProperties fields = json.object("fields", Sentence.of("fields-must-be-object"));
        if (fields == null || target == null) return headers;
        fields.known(target.fields().stream().map(Field::name).collect(Collectors.toSet()));
        for (String name : fields.properties()) {
            String header = fields.text(name);
            if (header == null || header.isBlank()) fields.fault(name, Sentence.of("column-not-named", name));
            else headers.put(name, header);
        }
        for (int i = 0; i < target.fields().size(); i++) {
            String name = target.fields().get(i).name();
            if (fields.names(name)) continue;
            List<String> together = target.together(target.fields().get(i)).stream()
                    .map(Field::name)
                    .toList();
            if (target.requires(i)) fields.fault(name, Sentence.of("field-needed", target.name(), name));
            else if (together.stream().anyMatch(fields::names))
                fields.fault(name, Sentence.of("map-together", name, String.join(", ", together)));
        }
        return headers;
    }

    FormatHint format() {
        JsonProperties format = json.object("format");
        return format == null ? null : new FormatProperties(format).read();
    }

    /** Replacements for texts of cells by field, sorted, both texts cleaned; null when there are none. */
    Map<String, Map<String, String>> values() {
        if (!json.has("values")) return null;
        JsonProperties values = json.object("values", Sentence.of("values-must-be-object"));
        if (values == null) return null;
        Map<String, Map<String, String>> fields = new TreeMap<>();
        for (String field : values.properties()) {
            if (!mapped.contains(field)) {
                values.fault(field, Sentence.of("values-of-unmapped-field"));
                continue;
            }
            JsonProperties texts = values.object(field, Sentence.of("replacements-must-be-object"));
            if (texts != null && !texts.properties().isEmpty()) fields.put(field, replacements(texts));
        }
        if (fields.values().stream().mapToInt(Map::size).sum() > MAX_VALUES)
            fault("values", Sentence.of("too-many-replacements", MAX_VALUES));
        return fields.isEmpty() ? null : fields;
    }

    private static Map<String, String> replacements(JsonProperties texts) {
        Map<String, String> replacements = new TreeMap<>();
        for (String text : texts.properties()) {
            String cell = texts.usable(text, text, RowMapper.MAX_ATTRIBUTE);
            String sent = texts.sent(text);
            if (sent == null) texts.fault(text, Sentence.of("replacement-must-be-string"));
            String taken = sent == null ? null : texts.usable(text, sent, RowMapper.MAX_ATTRIBUTE);
            if (cell != null
                    && taken != null
                    && replacements.putIfAbsent(Cells.clean(cell), Cells.clean(taken)) != null)
                texts.fault(text, Sentence.of("replacement-twice"));
        }
        return replacements;
    }

    Numbers numbers() {
        JsonProperties numbers = json.object("numbers");
        if (numbers == null) return null;
        String decimal = numbers.known(KNOWN_NUMBERS).text("decimal");
        if (decimal == null) return null;
        for (Numbers.Sign sign : Numbers.Sign.values()) if (sign.text().equals(decimal)) return new Numbers(sign);
        numbers.fault("decimal", Sentence.of("must-be-one-of", "decimal", "\".\", \",\""));
        return null;
    }

    Dates dates() {
        JsonProperties dates = json.object("dates");
        if (dates == null) return null;
        Dates said = new Dates(dates.known(KNOWN_DATES).choice("order", Dates.Order.class), zone(dates));
        return said.equals(Dates.UNSAID) ? null : said;
    }

    private static String zone(JsonProperties dates) {
        String name = dates.text("zone");
        try {
            return name == null ? null : Dates.zone(name);
        } catch (DateTimeException e) {
            dates.fault("zone", Sentence.of("no-such-zone"));
            return null;
        }
    }
}
