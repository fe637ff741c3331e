package dev.importonce.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.key.Nfc;
import dev.importonce.load.Field;
import dev.importonce.load.Target;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.FormatHint;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the properties of one mapping and collects everything that is wrong with them. */
final class MappingProperties {
    private static final Set<String> KNOWN =
            Set.of("target", "orgId", "fields", "unmapped", "onExisting", "onBlank", "undoable", "format");
    private static final Set<String> KNOWN_FORMAT =
            Set.of("type", "delimiter", "encoding", "sheet", "escape", "headerRow", "header");
    private static final BigDecimal MAX_HEADER_ROW = BigDecimal.valueOf(FormatHint.MAX_HEADER_ROW);

    private final JsonNode json;
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    MappingProperties(JsonNode json) {
        this.json = json;
        refuseUnknown(json, "", KNOWN);
    }

    /** Of several faults at one place the first counts: the others follow from it. */
    void fault(Fault fault) {
        faults.putIfAbsent(fault.pointer(), fault);
    }

    void refuseFaults() {
        if (faults.isEmpty()) return;
        List<Fault> all = List.copyOf(faults.values());
        throw new ProblemException(
                ProblemType.INVALID_MAPPING,
                "The mapping cannot be used: " + all.get(0).detail(),
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
            fault(Fault.at("/" + property, property + " must be a UUID."));
            return null;
        }
    }

    boolean flag(String property) {
        JsonNode node = json.get(property);
        if (node == null || node.isNull()) return false;
        if (!node.isBoolean()) fault(Fault.at("/" + property, property + " must be true or false."));
        return node.asBoolean();
    }

    <E extends Enum<E>> E choice(String property, Class<E> type, E byDefault) {
        String text = text(property);
        if (text == null) return byDefault;
        for (E choice : type.getEnumConstants()) if (word(choice).equals(text)) return choice;
        String words = Arrays.stream(type.getEnumConstants())
                .map(MappingProperties::word)
                .collect(Collectors.joining(", "));
        fault(Fault.at("/" + property, property + " must be one of: " + words + "."));
        return byDefault;
    }

    /** Field to header, sorted by field. */
    Map<String, String> fields(Target target) {
        Map<String, String> headers = new TreeMap<>();
        JsonNode fields = json.get("fields");
        if (fields == null || !fields.isObject()) {
            fault(Fault.at("/fields", "fields must be an object: field to column header."));
            return headers;
        }
        if (target == null) return headers;
        Set<String> known = target.fields().stream().map(Field::name).collect(Collectors.toSet());
        refuseUnknown(fields, "/fields", known);
        fields.properties().forEach(entry -> {
            String pointer = "/fields/" + escape(entry.getKey());
            String header = text(entry.getValue(), pointer);
            if (header == null || header.isBlank())
                fault(Fault.at(pointer, "Name the column header for " + entry.getKey() + "."));
            else headers.put(entry.getKey(), header);
        });
        for (int i = 0; i < target.fields().size(); i++) {
            String name = target.fields().get(i).name();
            if (target.requires(i) && !fields.has(name))
                fault(Fault.at("/fields/" + name, target.name() + " need the field " + name + "."));
        }
        return headers;
    }

    FormatHint format() {
        JsonNode format = json.get("format");
        if (format == null || format.isNull()) return null;
        if (!format.isObject()) {
            fault(Fault.at("/format", "format must be an object."));
            return null;
        }
        refuseUnknown(format, "/format", KNOWN_FORMAT);
        String type = text(format.get("type"), "/format/type");
        if (type != null && !FormatHint.TYPES.contains(type))
            fault(Fault.at("/format/type", "The type must be one of: " + String.join(", ", FormatHint.TYPES) + "."));
        String delimiter = text(format.get("delimiter"), "/format/delimiter");
        String escape = text(format.get("escape"), "/format/escape");
        oneCharacter("delimiter", delimiter, type);
        oneCharacter("escape", escape, type);
        if (escape != null && escape.equals(delimiter))
            fault(Fault.at("/format/escape", "The delimiter cannot be the escape as well."));
        String encoding = encoding(text(format.get("encoding"), "/format/encoding"));
        if (encoding != null && "xlsx".equals(type))
            fault(Fault.at("/format/encoding", "An xlsx file has no encoding to choose."));
        String sheet = text(format.get("sheet"), "/format/sheet");
        if (sheet != null && type != null && !type.equals("xlsx"))
            fault(Fault.at("/format/sheet", "Only xlsx has sheets."));
        Integer headerRow = headerRow(format.get("headerRow"), type);
        Boolean header = header(format.get("header"), type);
        if (headerRow != null && Boolean.FALSE.equals(header))
            fault(Fault.at("/format/headerRow", "A file without a header has no row that holds it."));
        FormatHint hint = new FormatHint(type, delimiter, encoding, sheet, escape, headerRow, header);
        return hint.equals(FormatHint.NONE) ? null : hint;
    }

    private void oneCharacter(String property, String text, String type) {
        if (text == null) return;
        String pointer = "/format/" + property;
        if (!FormatHint.canDelimit(text))
            fault(Fault.at(pointer, "The " + property + " must be one character, no quote and no line end."));
        if (type != null && !type.equals("csv")) fault(Fault.at(pointer, "Only csv has such a character to choose."));
    }

    private Integer headerRow(JsonNode node, String type) {
        if (node == null || node.isNull()) return null;
        boolean whole =
                node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0;
        if (!whole || node.decimalValue().signum() <= 0 || node.decimalValue().compareTo(MAX_HEADER_ROW) > 0) {
            fault(Fault.at("/format/headerRow", "headerRow must be a whole number from 1 to " + MAX_HEADER_ROW + "."));
            return null;
        }
        headedOnly("headerRow", type);
        return node.intValue();
    }

    private Boolean header(JsonNode node, String type) {
        if (node == null || node.isNull()) return null;
        if (!node.isBoolean()) fault(Fault.at("/format/header", "header must be true or false."));
        headedOnly("header", type);
        return node.asBoolean();
    }

    private void headedOnly(String property, String type) {
        if ("json".equals(type) || "ndjson".equals(type))
            fault(Fault.at("/format/" + property, "Only csv and xlsx have a row with the names."));
    }

    /** One name for a character set that has several. */
    private String encoding(String name) {
        if (name == null) return null;
        try {
            return Charset.forName(name).name();
        } catch (IllegalArgumentException e) {
            fault(Fault.at("/format/encoding", "There is no such encoding. Name one such as UTF-8 or windows-1252."));
            return null;
        }
    }

    private String text(JsonNode node, String pointer) {
        if (node == null || node.isNull()) return null;
        if (!node.isTextual()) {
            fault(Fault.at(pointer, "This must be a string."));
            return null;
        }
        String text = node.textValue();
        // Neither can be stored, and half a surrogate pair would hash like any other.
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            fault(Fault.at(pointer, "This has a character that cannot be used: U+0000 or half a surrogate pair."));
            return null;
        }
        if (!Nfc.isSafe(text))
            fault(Fault.at(pointer, "This has more than " + Nfc.MOST_MARKS + " combining marks in a row."));
        return Nfc.of(text);
    }

    private void refuseUnknown(JsonNode object, String pointer, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                fault(Fault.at(
                        pointer + "/" + escape(name),
                        "There is no such property; known are: "
                                + known.stream().sorted().collect(Collectors.joining(", ")) + "."));
        });
    }

    /** RFC 6901, section 3. */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
