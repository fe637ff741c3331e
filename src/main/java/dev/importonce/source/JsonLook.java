package dev.importonce.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows are in JSON that begins with an object. Where that object is all there is, they may be inside: in the only
 * array of objects that it has, or its members, if each is an object. Memory does not grow with the document.
 */
final class JsonLook {
    /** How deep an array of rows may lie. */
    private static final int MAX_DEPTH = 5;

    private final JsonParser parser;
    private final List<List<String>> arrays = new ArrayList<>();
    private boolean onlyObjects = true;
    private int members;

    private JsonLook(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Looks at all of the first object.
     *
     * @return the names that lead to the array; empty: the members are the rows; null: each object is a row by itself, or the
     *     first cannot be read
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
        // More than two: what they are makes no difference.
        if (first == JsonToken.START_OBJECT && arrays.size() < 2) arrays.add(List.copyOf(path));
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) parser.skipChildren();
    }
}
