package dev.importonce.integrity;

import dev.importonce.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The results of the integrity checks. */
@Path("/api/integrity")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation")
@RolesAllowed(Role.OPERATOR)
class IntegrityResource {
    /** Time limit of one statement, since a caller waits for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Examine examine;

    IntegrityResource(Examine examine) {
        this.examine = examine;
    }

    @GET
    @Operation(
            operationId = "checkIntegrity",
            summary = "Checks for duplicates, stuck work, missing indexes and wrong counters; for operators")
    public Report read() {
        return Report.of(examine.problems(PATIENCE));
    }
}
