package dev.importonce.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says problems and notices that are stored as JSON in a language. What an older version has stored has no parameters: it
 * stays English, except sentences that need none.
 */
public final class StoredWords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};
    private static final String DETAIL = "detail";

    private StoredWords() {}

    /** @param json an object or an array of objects; null: there is none */
    public static String in(Language language, String json) {
        if (json == null || language == Language.EN) return json;
        try {
            JsonNode tree = JSON.readTree(json);
            tell(language, tree);
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            // Other versions and other programs store here, too.
            return json;
        }
    }

    private static void tell(Language language, JsonNode node) {
        node.forEach(each -> {
            if (each.isContainerNode()) tell(language, each);
        });
        if (!(node instanceof ObjectNode object)) return;
        if (object.path("type").isTextual() && object.path("title").isTextual())
            object.put(
                    "title",
                    Titles.in(
                            language,
                            object.path("type").textValue(),
                            object.path("title").textValue()));
        if (!object.path(DETAIL).isTextual()) return;
        String english = object.path(DETAIL).textValue();
        String code = object.path(Sentence.CODE).asText(null);
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (object.path(Sentence.PARAMETERS).isObject())
            parameters.putAll(JSON.convertValue(object.path(Sentence.PARAMETERS), PARAMETERS));
        object.put(
                DETAIL,
                language.say(
                        code, parameters, language.say(Sentence.said(english).code(), Map.of(), english)));
    }
}
