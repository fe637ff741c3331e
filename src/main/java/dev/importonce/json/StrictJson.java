package dev.importonce.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON of callers strictly: other encodings than UTF-8, duplicate keys, trailing text and deep nesting are refused. */
public final class StrictJson {
    private static final int MAX_DEPTH = 8;
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** The parser's message for a name that an object has twice. */
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private StrictJson() {}

    /**
     * Reads a whole body.
     *
     * @throws ProblemException 413 for more than {@code maxBytes} bytes, 400 when the body is not JSON
     */
    public static JsonNode read(InputStream body, int maxBytes) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes)
            throw new ProblemException(ProblemType.TOO_LARGE, Sentence.of("json-too-large", maxBytes));
        return parse("body", bytes);
    }

    /** @param the name of the text for its sender, used in the problem (400) */
    public static JsonNode parse(String what, byte[] utf8) {
        try {
            // Decodes the bytes first: given bytes, the parser would also detect UTF-16 and UTF-32, and would not
            // check all bytes.
            return STRICT.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("not-utf8", what));
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("json-not-valid", what, place(e)));
        }
    }

    /**
     * Where it is not valid; also why, for errors that the place alone does not explain. Other messages of the parser name its
     * classes and settings.
     */
    private static Object place(JsonProcessingException e) {
        Object at = e.getLocation() == null
                ? ""
                : Sentence.of(
                        "json-place",
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr());
        if (e instanceof StreamConstraintsException) return Sentence.of("json-too-deep", at);
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        return twice.matches() ? Sentence.of("json-name-twice", at, twice.group(1)) : at;
    }
}
