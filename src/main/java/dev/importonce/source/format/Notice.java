package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something about a file that its owner may not expect.
 *
 * @param code in kebab case; never changes
 * @param column the column concerned, or null
 * @param count number of occurrences, or null
 * @param detail a description, and what to do if this is not intended
 * @param candidates alternatives, the likeliest first; absent if there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
public record Notice(
        String code,
        @Schema(nullable = true) String column,
        @Schema(nullable = true) Long count,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Candidate> candidates) {
    /** Maximum number of notices of a file, since they are sent wherever its job is shown. */
    static final int MOST = 100;

    /** A notice without alternatives. */
    public static Notice of(String code, String column, Long count, String detail) {
        return new Notice(code, column, count, detail, List.of());
    }
}
