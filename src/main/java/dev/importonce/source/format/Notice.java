package dev.importonce.source.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something about a file that its owner may not expect.
 *
 * @param code in kebab case; never changes
 * @param column the column that it is about, or null
 * @param count how often it is there, or null
 * @param detail what it is, and what to do if it is not meant so
 * @param candidates what it may be instead, the likeliest first; absent where there is no choice
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
public record Notice(
        String code,
        @Schema(nullable = true) String column,
        @Schema(nullable = true) Long count,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Candidate> candidates) {
    /** Most that a file has: they go wherever its job is shown. */
    static final int MOST = 100;

    /** One without a choice. */
    public static Notice of(String code, String column, Long count, String detail) {
        return new Notice(code, column, count, detail, List.of());
    }
}
