package dev.importonce.job.submit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.importonce.job.JobStatus;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import dev.importonce.words.Translated;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to a submission. */
public final class RunAnswer implements Submitted.Cases<Response> {
    @Override
    public Response created(Submitted.Ref job) {
        return answer(202, job, true, Sentence.of("job-created"));
    }

    @Override
    public Response alreadyActive(Submitted.Ref job) {
        return answer(200, job, false, Sentence.of("job-in-progress"));
    }

    @Override
    public Response seenBefore(Submitted.Ref job) {
        return answer(200, job, false, Sentence.of("request-seen-before"));
    }

    @Override
    public Response keyReused() {
        throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED, Sentence.of("idempotency-key-of-another"));
    }

    private static Response answer(int status, Submitted.Ref job, boolean created, Sentence message) {
        Body body = new Body(
                job.id(),
                job.status(),
                created,
                message.english(),
                job.baseKey().value(),
                job.idempotencyKey(),
                message.code());
        return Response.status(status)
                .location(URI.create("/api/migrations/" + job.id()))
                .entity(body)
                .build();
    }

    @RegisterForReflection
    @Schema(name = "Run")
    record Body(
            UUID jobId,
            JobStatus status,
            boolean created,
            String message,
            String baseIdempotencyKey,
            String idempotencyKey,
            @JsonIgnore String messageCode)
            implements Translated {
        @Override
        public Body in(Language language) {
            String said = language.say(messageCode, Map.of(), message);
            return new Body(jobId, status, created, said, baseIdempotencyKey, idempotencyKey, messageCode);
        }
    }
}
