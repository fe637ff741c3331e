package dev.importonce.job.preview;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.job.submit.ImportParameters;
import dev.importonce.job.submit.ImportRequest;
import dev.importonce.job.submit.ImportRequestReader;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.ImportFile;
import dev.importonce.source.Planned;
import dev.importonce.source.format.FormatHint;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what an import would do, before the user starts it. */
@Path("/api/migrations/preview")
@Tag(name = "Imports")
@RolesAllowed({Role.USER, Role.SERVICE})
class PreviewResource {
    private final CurrentCaller caller;
    private final ImportRequestReader reader;
    private final PreviewImport preview;

    PreviewResource(CurrentCaller caller, ImportRequestReader reader, PreviewImport preview) {
        this.caller = caller;
        this.reader = reader;
        this.preview = preview;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "previewImport",
            summary = "What an import would do, exactly; with no mapping, what the file is and how it could be mapped")
    @RequestBody(ref = "Preview")
    @Answers(
            value = {ProblemType.TARGET_CHANGED, ProblemType.ROWS_REFUSED},
            ofImports = true)
    public Preview preview(InputStream body, @BeanParam ImportParameters sent, @Context RoutingContext call)
            throws IOException {
        CompletableFuture<Void> gone = gone(call);
        Caller user = caller.get();
        user.requireUser();
        ImportRequest request = reader.preview(user, body, sent);
        FormatHint hint =
                request.mapping() == null ? FormatHint.NONE : request.mapping().hint();
        try (ImportFile file = request.file()) {
            Planned planned = file.prepare(hint);
            return preview.of(request.mapping(), user, planned.plan(), file::rows, planned.notices(), gone);
        }
    }

    /** Completes when the caller disconnects before there is an answer. */
    private static CompletableFuture<Void> gone(RoutingContext call) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        call.addEndHandler(end -> {
            if (end.failed()) gone.complete(null);
        });
        // The handler is not called for a caller that has disconnected before.
        if (call.response().closed()) gone.complete(null);
        return gone;
    }
}
