package dev.importonce.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One of several faults of a request.
 *
 * @param pointer RFC 6901 pointer into the JSON sent, or null
 * @param field name of the faulty column, part, header or parameter, or null
 * @param detail a description of the fault
 * @param code what the detail says, in kebab case; null: it can be said only as it is
 * @param parameters of the detail, as in {@link Problem}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
public record Fault(
        String pointer,
        String field,
        String detail,
        String code,
        @Schema(ref = "SentenceParameters") Map<String, Object> parameters) {
    private static Fault of(String pointer, String field, Sentence detail) {
        return new Fault(pointer, field, detail.english(), detail.code(), detail.parameters());
    }

    /** A fault at a place in JSON. */
    public static Fault at(String pointer, Sentence detail) {
        return of(pointer, null, detail);
    }

    /** A fault of a named thing. */
    public static Fault of(String field, Sentence detail) {
        return of(null, field, detail);
    }

    /** The detail. */
    @JsonIgnore
    public Sentence sentence() {
        return new Sentence(code, parameters == null ? Map.of() : parameters, detail);
    }

    Fault in(Language language) {
        return new Fault(pointer, field, language.say(code, parameters, detail), code, parameters);
    }
}
