package dev.importonce.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request's body: an object of one property, read strictly. Collects what is wrong with it. */
final class JsonBody {
    /** 100 participants of 128 characters, each written as two escapes of 6 bytes, and some white space. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_FAULTS = 20;
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode value;
    private final List<Fault> faults = new ArrayList<>();

    private JsonBody(JsonNode json, String property) {
        value = json.path(property);
        json.fieldNames().forEachRemaining(name -> {
            if (!name.equals(property))
                fault(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no such property; known is: " + property + ".");
        });
    }

    /** Reads the body to its end, or until it is too large. */
    static JsonBody read(InputStream body, String property) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES)
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "The body is larger than " + MAX_BYTES + " bytes. Send less.");
        JsonNode json = parse(bytes);
        if (!json.isObject())
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The body must be an object with " + property + ".");
        return new JsonBody(json, property);
    }

    /** The property; a missing node when it is not there. */
    JsonNode value() {
        return value;
    }

    /** Of very many faults the first will do. */
    void fault(String pointer, String detail) {
        if (faults.size() < MAX_FAULTS) faults.add(Fault.at(pointer, detail));
    }

    void refuseFaults() {
        if (!faults.isEmpty())
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The request cannot be used: " + faults.get(0).detail(),
                    faults);
    }

    private static JsonNode parse(byte[] utf8) {
        try {
            // Through a String: bytes would be sniffed for UTF-16 and UTF-32, and not all of them be checked.
            return STRICT.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not UTF-8 text.");
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The body is not valid JSON, has a property twice, or is nested too deeply" + at(e) + ".");
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
