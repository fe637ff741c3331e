package dev.importonce.job;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.Intake;
import dev.importonce.source.Planned;
import dev.importonce.source.Planner;
import dev.importonce.source.Received;
import dev.importonce.source.Source;
import dev.importonce.source.SourceStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The function: one request, one import. */
@Path("/api/migrations/run")
class MigrationFunction {
    private static final Pattern CLIENT_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final CurrentCaller caller;
    private final ImportRequestReader reader;
    private final Intake intake;
    private final SourceStore sources;
    private final Planner planner;
    private final SubmitJob submitJob;

    MigrationFunction(
            CurrentCaller caller,
            ImportRequestReader reader,
            Intake intake,
            SourceStore sources,
            Planner planner,
            SubmitJob submitJob) {
        this.caller = caller;
        this.reader = reader;
        this.intake = intake;
        this.sources = sources;
        this.planner = planner;
        this.submitJob = submitJob;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Import a file: 202 with a new job, 200 with the one that already does it")
    public Response run(
            InputStream body,
            @HeaderParam("Content-Type") String contentType,
            @HeaderParam("Content-Length") Long length,
            @HeaderParam("Idempotency-Key") String clientKey,
            @QueryParam("mapping") String mapping,
            @QueryParam("fileName") String fileName)
            throws IOException {
        if (clientKey != null && !CLIENT_KEY.matcher(clientKey).matches())
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        Caller user = caller.get();
        user.user();
        ImportRequest request = reader.read(user, contentType, length == null ? -1 : length, body, mapping, fileName);
        Submission submission =
                request.received() == null ? ofSource(user, request, clientKey) : ofReceived(user, request, clientKey);
        return submitJob.submit(submission).match(new RunAnswer());
    }

    private Submission ofReceived(Caller user, ImportRequest request, String clientKey) {
        Received received = request.received();
        Planned planned = null;
        boolean usable = false;
        try {
            planned = planner.plan(received, request.mapping().hint());
            requireFit(request.mapping(), planned);
            usable = true;
        } finally {
            if (!usable) discard(received, planned);
        }
        Planned plan = planned;
        return new Submission(
                user,
                request.mapping(),
                received.fileName(),
                received.sha256(),
                () -> sources.seal(received, plan),
                () -> discard(received, plan),
                clientKey,
                null);
    }

    private static void requireFit(Mapping mapping, Planned planned) {
        planned.requireEncoding();
        Columns.layout(mapping, planned.plan());
    }

    private void discard(Received received, Planned planned) {
        intake.discard(received);
        if (planned != null) intake.discard(planned);
    }

    private Submission ofSource(Caller user, ImportRequest request, String clientKey) {
        Source source = sources.use(user.user(), request.sourceId());
        Planned planned = planner.plan(source, request.mapping().hint());
        boolean usable = false;
        try {
            requireFit(request.mapping(), planned);
            usable = true;
        } finally {
            if (!usable) intake.discard(planned);
        }
        return new Submission(
                user,
                request.mapping(),
                null,
                source.sha256(),
                () -> sources.keep(sources.use(user.user(), source.id()), planned),
                () -> intake.discard(planned),
                clientKey,
                null);
    }
}
