package dev.importonce.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.Titles;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error answer (RFC 9457, {@code application/problem+json}).
 *
 * @param detail what the caller can do about it; contains nothing internal
 * @param errors the single faults; absent when there is only the one in {@code detail}
 * @param code what the detail says, in kebab case; the name of the type if the detail can be said only as it is
 * @param parameters of the detail, by name; each a text, or a part of it with a code and parameters of its own. Absent if there
 *     are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
@Schema(name = "Problem")
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        List<Fault> errors,
        String code,
        @Schema(ref = "SentenceParameters") Map<String, Object> parameters)
        implements Translated {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Fills type, title and status from the catalogue. */
    public static Problem of(ProblemType type, Sentence detail, List<Fault> errors) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail.english(),
                List.copyOf(errors),
                detail.code() == null ? type.word() : detail.code(),
                detail.parameters());
    }

    @Override
    public Problem in(Language language) {
        String said = Titles.in(language, type.toString(), title);
        return new Problem(
                type,
                said,
                status,
                detail.equals(title + ".") ? said + "." : language.say(code, parameters, detail),
                errors == null
                        ? null
                        : errors.stream().map(each -> each.in(language)).toList(),
                code,
                parameters);
    }
}
