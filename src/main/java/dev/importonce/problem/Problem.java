package dev.importonce.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error answer (RFC 9457, {@code application/problem+json}).
 *
 * @param detail what the caller can do about it; contains nothing internal
 * @param errors the single faults; absent when there is only the one in {@code detail}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
@Schema(name = "Problem")
public record Problem(URI type, String title, int status, String detail, List<Fault> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Fills type, title and status from the catalogue. */
    public static Problem of(ProblemType type, String detail, List<Fault> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, List.copyOf(errors));
    }
}
