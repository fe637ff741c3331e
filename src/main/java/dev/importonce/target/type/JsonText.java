package dev.importonce.target.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** JSON (RFC 8259) that a jsonb column takes without loss: no name twice in an object, no U+0000, no half characters. */
public final class JsonText implements Normaliser {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    @Override
    public String normalise(String value) throws Refused {
        try (JsonParser json = STRICT.createParser(value)) {
            int depth = 0;
            do {
                JsonToken token = json.nextToken();
                if (token == null) throw new Refused("not-json");
                if (token.isStructStart()) depth++;
                if (token.isStructEnd()) depth--;
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) storable(json.getText());
            } while (depth > 0);
            if (json.nextToken() != null) throw new Refused("behind-json");
            return value;
        } catch (IOException e) {
            throw new Refused("not-json");
        }
    }

    private static void storable(String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) throw new Refused("character-not-storable");
            if (pair) i++;
        }
    }
}
