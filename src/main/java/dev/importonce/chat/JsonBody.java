package dev.importonce.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A request's body: an object with one property, read strictly. Collects all its errors. */
final class JsonBody {
    /** 100 participants of 128 characters, each written as two escapes of 6 bytes, and some white space. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_FAULTS = 20;

    private final JsonNode value;
    private final List<Fault> faults = new ArrayList<>();

    private JsonBody(JsonNode json, String property) {
        value = json.path(property);
        json.fieldNames().forEachRemaining(name -> {
            if (!name.equals(property))
                fault("/" + name.replace("~", "~0").replace("/", "~1"), Sentence.of("only-known-property", property));
        });
    }

    /** Reads the body up to its end, or to the size limit. */
    static JsonBody read(InputStream body, String property) throws IOException {
        JsonNode json = StrictJson.read(body, MAX_BYTES);
        if (!json.isObject())
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("body-must-have", property));
        return new JsonBody(json, property);
    }

    /** The property; a missing node when the body does not have it. */
    JsonNode value() {
        return value;
    }

    /** Keeps only the first of very many faults. */
    void fault(String pointer, Sentence detail) {
        if (faults.size() < MAX_FAULTS) faults.add(Fault.at(pointer, detail));
    }

    void refuseFaults() {
        if (!faults.isEmpty())
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    Sentence.of("request-not-usable", faults.get(0).sentence()),
                    faults);
    }
}
