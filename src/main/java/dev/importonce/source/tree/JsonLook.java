package dev.importonce.source.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows in JSON that begins with an object. If the text is just this object, the rows may be inside: in its only
 * array of objects, or its members are the rows, if each is an object. Memory use does not grow with the document.
 */
final class JsonLook {
    /** Maximum depth of an array of rows. */
    private static final int MAX_DEPTH = 5;

    /** Number of lines that decide whether each line is a value of its own. */
    private static final int LINES = 2;

    private final JsonParser parser;
    private final List<List<String>> arrays = new ArrayList<>();
    private boolean onlyObjects = true;
    private int members;

    private JsonLook(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads the whole first object.
     *
     * @return the names that lead to the array; empty: the members are the rows; null: each object is a row, or the first
     *     object cannot be read
     */
    static List<String> at(Reader text) throws IOException {
        try (JsonParser parser = JsonText.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return null;
            JsonLook look = new JsonLook(parser);
            look.object(List.of());
            if (parser.nextToken() != null) return null;
            if (look.arrays.size() == 1) return look.arrays.get(0);
            return look.arrays.isEmpty() && look.onlyObjects && look.members > 1 ? List.of() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /**
     * Whether each line is a value of its own, decided by the first lines. If so, a broken line does not affect the others.
     * For values over several lines, the reader could not find the beginning of the next value after a broken one.
     */
    static boolean isByLine(Reader text) throws IOException {
        Lines lines = new Lines(text);
        int looked = 0;
        for (String line = lines.next(); line != null && looked < LINES; line = lines.next()) {
            int start = JsonText.skipSpace(line, 0);
            if (start == line.length()) continue;
            if (lines.isTooLong() || isWhole(line.substring(start))) return true;
            looked++;
        }
        return false;
    }

    private static boolean isWhole(String line) throws IOException {
        try (JsonParser parser = JsonText.JSON.createParser(line)) {
            if (!parser.nextToken().isStructStart()) return false;
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void object(List<String> path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            List<String> inside = new ArrayList<>(path);
            inside.add(parser.currentName());
            JsonToken value = parser.nextToken();
            if (path.isEmpty()) {
                members++;
                onlyObjects &= value == JsonToken.START_OBJECT;
            }
            if (value == JsonToken.START_OBJECT && inside.size() < MAX_DEPTH) object(inside);
            else if (value == JsonToken.START_ARRAY) array(inside);
            else parser.skipChildren();
        }
    }

    private void array(List<String> path) throws IOException {
        JsonToken first = parser.nextToken();
        // More than two arrays: the kind of the others makes no difference.
        if (first == JsonToken.START_OBJECT && arrays.size() < 2) arrays.add(List.copyOf(path));
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) parser.skipChildren();
    }
}
