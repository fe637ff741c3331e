package dev.importonce.job.submit;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.ImportFile;
import dev.importonce.words.Sentence;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The function: one request, one import. */
@Path("/api/migrations/run")
@Tag(name = "Imports")
@RolesAllowed({Role.USER, Role.SERVICE})
class MigrationFunction {
    private static final Pattern CLIENT_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final CurrentCaller caller;
    private final ImportRequestReader reader;
    private final SubmitJob submitJob;

    MigrationFunction(CurrentCaller caller, ImportRequestReader reader, SubmitJob submitJob) {
        this.caller = caller;
        this.reader = reader;
        this.submitJob = submitJob;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "runImport",
            summary = "Import a file: 202 with a new job, 200 with the one that already does it")
    @RequestBody(ref = "Import")
    @APIResponse(responseCode = "202", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobFound")
    @Answers(value = ProblemType.IDEMPOTENCY_KEY_REUSED, ofImports = true)
    public Response run(
            InputStream body, @BeanParam ImportParameters sent, @HeaderParam("Idempotency-Key") String clientKey)
            throws IOException {
        if (clientKey != null && !CLIENT_KEY.matcher(clientKey).matches())
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("idempotency-key-not-visible"));
        Caller user = caller.get();
        user.requireUser();
        ImportRequest request = reader.read(user, body, sent);
        try (ImportFile file = request.file()) {
            Submission submission = new Submission(user, request.mapping(), file, file.fileName(), clientKey, null);
            return submitJob.submit(submission).match(new RunAnswer());
        }
    }
}
