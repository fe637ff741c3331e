package dev.importonce.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.target.declare.Targets;
import dev.importonce.words.Sentence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The targets of imports: those that a caller may import into, and the declarations of operators. */
@Path("/api/targets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Targets")
@RolesAllowed({Role.USER, Role.SERVICE})
class TargetResource {
    private final CurrentCaller caller;
    private final Targets targets;

    TargetResource(CurrentCaller caller, Targets targets) {
        this.caller = caller;
        this.targets = targets;
    }

    @GET
    @Operation(
            operationId = "listTargets",
            summary = "What you can import into, by name, and the fields that a mapping may name")
    public TargetViews list() {
        return new TargetViews(
                targets.importable(caller.get()).map(TargetView::of).toList());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getTarget", summary = "A target that you can import into, and its fields")
    @Answers(ProblemType.NOT_FOUND)
    public TargetView get(@PathParam("name") String name) {
        return TargetView.of(targets.importable(caller.get(), name));
    }

    @GET
    @Path("{name}/declaration")
    @Operation(operationId = "getDeclaration", summary = "A declaration as it was sent; for operators")
    @APIResponse(responseCode = "200", ref = "Declaration")
    @Answers(ProblemType.NOT_FOUND)
    @RolesAllowed(Role.OPERATOR)
    public String declaration(@PathParam("name") String name) {
        return targets.declaration(name).orElseThrow(() -> Targets.unknown(name));
    }

    @PUT
    @Path("{name}")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "declareTarget",
            summary =
                    "Declare a table as a target: 201 when it is new, 200 when it replaces a declaration; for operators")
    @RequestBody(ref = "Declaration")
    @APIResponse(responseCode = "201", ref = "DeclarationCreated")
    @APIResponse(responseCode = "200", ref = "Declaration")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_DECLARATION
    })
    @RolesAllowed(Role.OPERATOR)
    public Response declare(@PathParam("name") String name, InputStream body) throws IOException {
        JsonNode document = StrictJson.read(body, Targets.MAX_BYTES);
        Targets.Declared declared = targets.declare(name, document);
        if (!declared.faults().isEmpty())
            throw new ProblemException(
                    ProblemType.INVALID_DECLARATION,
                    Sentence.of(
                            "declaration-not-usable", declared.faults().get(0).sentence()),
                    declared.faults());
        return Response.status(declared.created() ? 201 : 200)
                .location(URI.create("/api/targets/" + name))
                .entity(document.toString())
                .build();
    }

    @DELETE
    @Path("{name}")
    @Operation(
            operationId = "removeTarget",
            summary = "Remove a declaration; the table stays, and jobs that were submitted go on; for operators")
    @APIResponse(responseCode = "204", description = "It is removed")
    @Answers(ProblemType.NOT_FOUND)
    @RolesAllowed(Role.OPERATOR)
    public void remove(@PathParam("name") String name) {
        if (!targets.remove(name)) throw Targets.unknown(name);
    }

    /** All targets that the caller may import into. */
    @RegisterForReflection
    @Schema(name = "TargetList")
    record TargetViews(List<TargetView> items) {}
}
