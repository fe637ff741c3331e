package dev.importonce.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.importonce.http.BodyType;
import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files sent ahead of the request to import them. */
@Path("/api/sources")
@Tag(name = "Files")
@RolesAllowed({Role.USER, Role.SERVICE})
public class SourceResource {
    private final CurrentCaller caller;
    private final ImportFiles files;
    private final SourceStore sources;
    private final Planner planner;

    SourceResource(CurrentCaller caller, ImportFiles files, SourceStore sources, Planner planner) {
        this.caller = caller;
        this.files = files;
        this.sources = sources;
        this.planner = planner;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "sendFile",
            summary = "Send a file: 201 with its sourceId, 200 when you have sent the same bytes before")
    @RequestBody(ref = "File")
    @APIResponse(responseCode = "201", ref = "SourceCreated")
    @APIResponse(responseCode = "200", ref = "SourceFound")
    @Answers(value = ProblemType.MALFORMED_REQUEST, ofFiles = true)
    public Response send(
            InputStream body,
            @HeaderParam("Content-Type") String contentType,
            @HeaderParam("Content-Length") Long length,
            @QueryParam("fileName") String fileName)
            throws IOException {
        Caller user = caller.get();
        user.requireUser();
        if (contentType != null && !BodyType.of(contentType).isFile())
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Sentence.of("send-file-as"));
        files.checkLength(length == null ? -1 : length);
        Source source = files.take(user.user(), body, fileName);
        return Response.status(source.created() ? 201 : 200)
                .entity(View.of(source))
                .build();
    }

    @GET
    @Blocking
    @Path("/{id}/sheets")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listSheets",
            summary = "The names of a workbook's sheets, in its order; none for any other file")
    @Answers({ProblemType.NOT_FOUND, ProblemType.SOURCE_GONE, ProblemType.UNREADABLE_FILE, ProblemType.TOO_COMPLEX})
    public Sheets sheets(@PathParam("id") String id) {
        return new Sheets(planner.sheets(sources.use(caller.get().user(), SourceStore.uuid(id))));
    }

    /** @param items names, each of which {@code mapping.format.sheet} may be */
    @RegisterForReflection
    @Schema(name = "SheetList")
    record Sheets(List<String> items) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @RegisterForReflection
    @Schema(name = "Source")
    public record View(
            UUID sourceId,
            String sha256,
            long bytes,
            @Schema(nullable = true) String fileName) {
        public static View of(Source source) {
            return new View(source.id(), source.sha256().hex(), source.bytes(), source.fileName());
        }
    }
}
