package dev.importonce.target.merge;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A row that is not imported.
 *
 * @param row its number in the file; the header is row 1
 * @param reason a sentence for the person who sent the file; stored in English, since its reader's language is not known yet
 * @param cells the cells, unchanged
 * @param code what the reason says, in kebab case; null: it can be said only as it is, as one that an older version has stored
 * @param parameters of the reason, by name; each a text, or a part of the sentence with a code and parameters of its own. Null
 *     if there are none
 */
@RegisterForReflection
public record Reject(
        long row,
        String reason,
        List<String> cells,
        @JsonInclude(JsonInclude.Include.NON_NULL) String code,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(ref = "SentenceParameters")
        Map<String, Object> parameters)
        implements Translated {
    static Reject of(long row, Sentence reason, List<String> cells) {
        return new Reject(row, reason.english(), cells, reason.code(), reason.parameters());
    }

    @Override
    public Reject in(Language language) {
        String known = code != null || language == Language.EN
                ? code
                : Sentence.said(reason).code();
        return new Reject(row, language.say(known, parameters, reason), cells, known, parameters);
    }
}
