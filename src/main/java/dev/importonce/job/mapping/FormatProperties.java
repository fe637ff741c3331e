package dev.importonce.job.mapping;

import dev.importonce.json.JsonProperties;
import dev.importonce.source.format.FormatHint;
import dev.importonce.words.Sentence;
import java.nio.charset.Charset;
import java.util.Set;

/** Reads the format property of a mapping, and collects its errors. */
final class FormatProperties {
    private static final Set<String> KNOWN =
            Set.of("type", "delimiter", "encoding", "sheet", "escape", "headerRow", "header");

    private final JsonProperties json;

    FormatProperties(JsonProperties json) {
        this.json = json.known(KNOWN);
    }

    /** The format hint, or null if there is none. */
    FormatHint read() {
        String type = json.text("type");
        if (type != null && !FormatHint.TYPES.contains(type))
            json.fault("type", Sentence.of("must-be-one-of", "type", String.join(", ", FormatHint.TYPES)));
        String delimiter = json.text("delimiter");
        String escape = json.text("escape");
        oneCharacter("delimiter", delimiter, type);
        oneCharacter("escape", escape, type);
        if (escape != null && escape.equals(delimiter)) json.fault("escape", Sentence.of("delimiter-is-escape"));
        String encoding = encoding(json.text("encoding"));
        if (encoding != null && "xlsx".equals(type)) json.fault("encoding", Sentence.of("xlsx-without-encoding"));
        String sheet = json.text("sheet");
        if (sheet != null && type != null && !type.equals("xlsx"))
            json.fault("sheet", Sentence.of("only-xlsx-has-sheets"));
        Integer headerRow = json.integer("headerRow", 1, FormatHint.MAX_HEADER_ROW);
        if (headerRow != null) headedOnly("headerRow", type);
        Boolean header = json.has("header") ? json.flag("header") : null;
        if (header != null) headedOnly("header", type);
        if (headerRow != null && Boolean.FALSE.equals(header))
            json.fault("headerRow", Sentence.of("header-row-without-header"));
        FormatHint hint = new FormatHint(type, delimiter, encoding, sheet, escape, headerRow, header);
        return hint.equals(FormatHint.NONE) ? null : hint;
    }

    private void oneCharacter(String property, String text, String type) {
        if (text == null) return;
        if (!FormatHint.canDelimit(text)) json.fault(property, Sentence.of("must-be-one-character", property));
        if (type != null && !type.equals("csv")) json.fault(property, Sentence.of("only-csv-has-character"));
    }

    private void headedOnly(String property, String type) {
        if ("json".equals(type) || "ndjson".equals(type))
            json.fault(property, Sentence.of("only-tables-have-header-row"));
    }

    /** The canonical name of a character set. */
    private String encoding(String name) {
        if (name == null) return null;
        try {
            return Charset.forName(name).name();
        } catch (IllegalArgumentException e) {
            json.fault("encoding", Sentence.of("no-such-encoding"));
            return null;
        }
    }
}
