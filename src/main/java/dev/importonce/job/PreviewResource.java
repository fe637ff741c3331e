package dev.importonce.job;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.source.Block;
import dev.importonce.source.BlockStore;
import dev.importonce.source.Deposited;
import dev.importonce.source.FileRow;
import dev.importonce.source.FormatHint;
import dev.importonce.source.Intake;
import dev.importonce.source.Plan;
import dev.importonce.source.Planned;
import dev.importonce.source.Planner;
import dev.importonce.source.Received;
import dev.importonce.source.Source;
import dev.importonce.source.SourceStore;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What an import would do, before it is asked for. */
@Path("/api/migrations/preview")
class PreviewResource {
    private final CurrentCaller caller;
    private final ImportRequestReader reader;
    private final Intake intake;
    private final SourceStore sources;
    private final BlockStore blocks;
    private final Planner planner;
    private final PreviewImport preview;

    PreviewResource(
            CurrentCaller caller,
            ImportRequestReader reader,
            Intake intake,
            SourceStore sources,
            BlockStore blocks,
            Planner planner,
            PreviewImport preview) {
        this.caller = caller;
        this.reader = reader;
        this.intake = intake;
        this.sources = sources;
        this.blocks = blocks;
        this.planner = planner;
        this.preview = preview;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What an import would do, exactly; with no mapping, what the file is and how it could be mapped")
    public Preview preview(
            InputStream body,
            @HeaderParam("Content-Type") String contentType,
            @HeaderParam("Content-Length") Long length,
            @QueryParam("mapping") String mapping,
            @QueryParam("fileName") String fileName,
            @Context RoutingContext call)
            throws IOException {
        CompletableFuture<Void> gone = gone(call);
        Caller user = caller.get();
        user.user();
        ImportRequest request =
                reader.preview(user, contentType, length == null ? -1 : length, body, mapping, fileName);
        FormatHint hint =
                request.mapping() == null ? FormatHint.NONE : request.mapping().hint();
        return request.received() == null
                ? ofSource(user.user(), request, hint, gone)
                : ofReceived(user.user(), request, hint, gone);
    }

    /** Comes when the caller goes away before there is an answer. */
    private static CompletableFuture<Void> gone(RoutingContext call) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        call.addEndHandler(end -> {
            if (end.failed()) gone.complete(null);
        });
        // A caller who went before that is not told of.
        if (call.response().closed()) gone.complete(null);
        return gone;
    }

    private Preview ofReceived(UUID user, ImportRequest request, FormatHint hint, CompletableFuture<Void> gone) {
        Received received = request.received();
        try {
            Planned planned = planner.plan(received, hint);
            Deposited where = planned.rendition() == null ? received.raw() : planned.rendition();
            return show(user, request, planned, block -> blocks.rows(where, planned.plan(), block), gone);
        } finally {
            intake.discard(received);
        }
    }

    private Preview ofSource(UUID user, ImportRequest request, FormatHint hint, CompletableFuture<Void> gone) {
        Source source = sources.use(user, request.sourceId());
        Planned planned = planner.plan(source, hint);
        Plan plan = planned.plan();
        UUID upload = plan.uploadId() == null ? source.uploadId() : plan.uploadId();
        return show(
                user,
                request,
                planned,
                planned.rendition() == null
                        ? block -> blocks.rows(
                                user, upload, plan.format(), plan.header().size(), block)
                        : block -> blocks.rows(planned.rendition(), plan, block),
                gone);
    }

    private Preview show(
            UUID user,
            ImportRequest request,
            Planned planned,
            Function<Block, Iterator<FileRow>> rows,
            CompletableFuture<Void> gone) {
        try {
            return preview.of(request.mapping(), user, planned.plan(), rows, planned.notices(), gone);
        } finally {
            intake.discard(planned);
        }
    }
}
