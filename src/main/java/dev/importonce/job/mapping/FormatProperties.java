package dev.importonce.job.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.problem.Fault;
import dev.importonce.source.format.FormatHint;
import dev.importonce.words.Sentence;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.Set;

/** Reads the format property of a mapping, and collects its errors. */
final class FormatProperties {
    private static final Set<String> KNOWN =
            Set.of("type", "delimiter", "encoding", "sheet", "escape", "headerRow", "header");
    private static final BigDecimal MAX_HEADER_ROW = BigDecimal.valueOf(FormatHint.MAX_HEADER_ROW);

    private final MappingProperties properties;

    FormatProperties(MappingProperties properties) {
        this.properties = properties;
    }

    /** The format hint, or null if there is none. */
    FormatHint read() {
        JsonNode format = properties.object("format", KNOWN);
        if (format == null) return null;
        String type = properties.text(format.get("type"), "/format/type");
        if (type != null && !FormatHint.TYPES.contains(type))
            properties.fault(Fault.at(
                    "/format/type", Sentence.of("must-be-one-of", "type", String.join(", ", FormatHint.TYPES))));
        String delimiter = properties.text(format.get("delimiter"), "/format/delimiter");
        String escape = properties.text(format.get("escape"), "/format/escape");
        oneCharacter("delimiter", delimiter, type);
        oneCharacter("escape", escape, type);
        if (escape != null && escape.equals(delimiter))
            properties.fault(Fault.at("/format/escape", Sentence.of("delimiter-is-escape")));
        String encoding = encoding(properties.text(format.get("encoding"), "/format/encoding"));
        if (encoding != null && "xlsx".equals(type))
            properties.fault(Fault.at("/format/encoding", Sentence.of("xlsx-without-encoding")));
        String sheet = properties.text(format.get("sheet"), "/format/sheet");
        if (sheet != null && type != null && !type.equals("xlsx"))
            properties.fault(Fault.at("/format/sheet", Sentence.of("only-xlsx-has-sheets")));
        Integer headerRow = headerRow(format.get("headerRow"), type);
        Boolean header = header(format.get("header"), type);
        if (headerRow != null && Boolean.FALSE.equals(header))
            properties.fault(Fault.at("/format/headerRow", Sentence.of("header-row-without-header")));
        FormatHint hint = new FormatHint(type, delimiter, encoding, sheet, escape, headerRow, header);
        return hint.equals(FormatHint.NONE) ? null : hint;
    }

    private void oneCharacter(String property, String text, String type) {
        if (text == null) return;
        String pointer = "/format/" + property;
        if (!FormatHint.canDelimit(text))
            properties.fault(Fault.at(pointer, Sentence.of("must-be-one-character", property)));
        if (type != null && !type.equals("csv"))
            properties.fault(Fault.at(pointer, Sentence.of("only-csv-has-character")));
    }

    private Integer headerRow(JsonNode node, String type) {
        if (node == null || node.isNull()) return null;
        boolean whole =
                node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0;
        if (!whole || node.decimalValue().signum() <= 0 || node.decimalValue().compareTo(MAX_HEADER_ROW) > 0) {
            properties.fault(
                    Fault.at("/format/headerRow", Sentence.of("must-be-whole-number", "headerRow", MAX_HEADER_ROW)));
            return null;
        }
        headedOnly("headerRow", type);
        return node.intValue();
    }

    private Boolean header(JsonNode node, String type) {
        if (node == null || node.isNull()) return null;
        if (!node.isBoolean())
            properties.fault(Fault.at("/format/header", Sentence.of("must-be-true-or-false", "header")));
        headedOnly("header", type);
        return node.asBoolean();
    }

    private void headedOnly(String property, String type) {
        if ("json".equals(type) || "ndjson".equals(type))
            properties.fault(Fault.at("/format/" + property, Sentence.of("only-tables-have-header-row")));
    }

    /** The canonical name of a character set. */
    private String encoding(String name) {
        if (name == null) return null;
        try {
            return Charset.forName(name).name();
        } catch (IllegalArgumentException e) {
            properties.fault(Fault.at("/format/encoding", Sentence.of("no-such-encoding")));
            return null;
        }
    }
}
