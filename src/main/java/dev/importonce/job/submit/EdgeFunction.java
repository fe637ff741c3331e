package dev.importonce.job.submit;

import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemType;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The import function at the address that {@code supabase.functions.invoke('migrations-run')} calls. */
@Path("/functions/v1/migrations-run")
@Tag(name = "Imports")
@RolesAllowed({Role.USER, Role.SERVICE})
class EdgeFunction {
    private final MigrationFunction function;

    EdgeFunction(MigrationFunction function) {
        this.function = function;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "invokeImport",
            summary = "Import a file, as supabase.functions.invoke('migrations-run') asks for it")
    @RequestBody(ref = "Import")
    @APIResponse(responseCode = "202", ref = "JobCreated")
    @APIResponse(responseCode = "200", ref = "JobFound")
    @Answers(value = ProblemType.IDEMPOTENCY_KEY_REUSED, ofImports = true)
    public Response run(
            InputStream body, @BeanParam ImportParameters sent, @HeaderParam("Idempotency-Key") String clientKey)
            throws IOException {
        return function.run(body, sent, clientKey);
    }
}
