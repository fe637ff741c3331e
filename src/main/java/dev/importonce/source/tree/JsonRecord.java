package dev.importonce.source.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.importonce.source.block.Block;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A record of JSON: the names and values of an object, or the values of an array. Of a record that is too long only the
 * beginning is kept.
 */
final class JsonRecord {
    private final JsonParser parser;
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private long length;

    JsonRecord(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads an object whose start was read already, up to its end. */
    void readObject() throws IOException {
        readObject("");
    }

    /** Reads an array whose start was read already, up to its end. */
    void readArray() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (isTooLong()) parser.skipChildren();
            else addValue(value());
        }
    }

    void add(String name, String value) {
        names.add(name);
        length += name.length();
        addValue(value);
    }

    /** The names in their order; empty for an array. */
    List<String> names() {
        return names;
    }

    List<String> values() {
        return values;
    }

    /** The places of the values that are numbers, from 0 on. */
    BitSet numbers() {
        return numbers;
    }

    boolean isTooLong() {
        return length > Block.MAX_RECORD_BYTES;
    }

    /** @param before the prefix of the names in a nested object; empty: the object is not nested */
    private void readObject(String before) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = before + parser.currentName();
            JsonToken token = parser.nextToken();
            // Checked before the next value is read, so that memory use is bounded.
            if (isTooLong()) parser.skipChildren();
            else if (token == JsonToken.START_OBJECT && before.isEmpty()) {
                int members = names.size();
                readObject(name + ".");
                if (names.size() == members) add(name, "{}");
            } else add(name, value());
        }
    }

    private void addValue(String value) {
        values.add(value);
        length += value.length() + 1;
    }

    private String value() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return "";
        if (parser.currentToken().isNumeric()) numbers.set(values.size());
        return parser.currentToken().isScalarValue() ? parser.getText() : nested(parser);
    }

    /** Copies numbers as they are written: a double would have other digits. */
    private static void copy(JsonParser from, JsonGenerator to) throws IOException {
        if (from.currentToken().isNumeric()) to.writeNumber(from.getText());
        else to.copyCurrentEvent(from);
    }

    /** An object or an array as JSON without white space; if it is too long, only the beginning. */
    static String nested(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JsonText.JSON.createGenerator(text)) {
            int depth = 0;
            do {
                if (text.getBuffer().length() <= Block.MAX_RECORD_BYTES) copy(parser, copy);
                if (parser.currentToken().isStructStart()) depth++;
                if (parser.currentToken().isStructEnd()) depth--;
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }
}
