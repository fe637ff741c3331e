package dev.importonce.target;

import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.Targets;
import dev.importonce.words.Sentence;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A file to fill in for a target. */
@Path("/api/targets/{name}/template")
@Produces({TemplateResource.CSV, TemplateResource.XLSX})
@Tag(name = "Targets")
@RolesAllowed({Role.USER, Role.SERVICE})
class TemplateResource {
    static final String CSV = "text/csv";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final CurrentCaller caller;
    private final Targets targets;

    TemplateResource(CurrentCaller caller, Targets targets) {
        this.caller = caller;
        this.targets = targets;
    }

    @GET
    @Blocking
    @Operation(operationId = "getTemplate", summary = "A file to fill in: its columns are the fields of the target")
    @APIResponse(responseCode = "200", ref = "Template")
    @Answers({ProblemType.NOT_FOUND, ProblemType.INVALID_PARAMETER})
    public Response template(
            @PathParam("name") String name,
            @QueryParam("format") @Parameter(schema = @Schema(enumeration = {"csv", "xlsx"})) String format)
            throws IOException {
        Target target = targets.importable(caller.get(), name);
        Template template = new Template(target);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String type;
        if (format == null || format.equals("csv")) {
            template.writeCsv(bytes);
            type = CSV;
        } else if (format.equals("xlsx")) {
            template.writeXlsx(bytes);
            type = XLSX;
        } else
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, Sentence.of("must-be-one-of", "format", "csv, xlsx"));
        String file = target.name() + (type.equals(CSV) ? ".csv" : ".xlsx");
        return Response.ok(bytes.toByteArray(), type.equals(CSV) ? CSV + ";charset=UTF-8" : XLSX)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }
}
