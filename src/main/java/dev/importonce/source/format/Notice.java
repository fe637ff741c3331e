package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something about a file that its owner may not expect.
 *
 * @param code in kebab case; never changes
 * @param column the column concerned, or null
 * @param count number of occurrences, or null
 * @param detail a description, and what to do if this is not intended
 * @param parameters of the detail, by name; each a text, or a part of it with a code and parameters of its own
 * @param candidates alternatives, the likeliest first; absent if there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
public record Notice(
        String code,
        @Schema(nullable = true) String column,
        @Schema(nullable = true) Long count,
        String detail,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(ref = "SentenceParameters")
        Map<String, Object> parameters,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Candidate> candidates)
        implements Translated {
    /** Maximum number of notices of a file, since they are sent wherever its job is shown. */
    static final int MOST = 100;

    /** A notice without alternatives. */
    public static Notice of(Sentence detail, String column, Long count) {
        return of(detail, column, count, List.of());
    }

    /** A notice whose code is that of its detail. */
    public static Notice of(Sentence detail, String column, Long count, List<Candidate> candidates) {
        return new Notice(detail.code(), column, count, detail.english(), detail.parameters(), candidates);
    }

    @Override
    public Notice in(Language language) {
        return new Notice(code, column, count, language.say(code, parameters, detail), parameters, candidates);
    }
}
