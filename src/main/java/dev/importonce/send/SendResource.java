package dev.importonce.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.json.StrictJson;
import dev.importonce.paging.Cursor;
import dev.importonce.paging.Limit;
import dev.importonce.paging.Page;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The send queue of an organisation. */
@Path("/api/send-queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Send queue")
@RolesAllowed({Role.USER, Role.SERVICE})
class SendResource {
    private static final int MAX_ENQUEUE_BYTES = 16 << 20;
    private static final int MAX_RESOLVE_BYTES = 1024;

    private final CurrentCaller caller;
    private final SendItems items;
    private final EnqueueMessages enqueue;
    private final ResolveMessage resolve;

    SendResource(CurrentCaller caller, SendItems items, EnqueueMessages enqueue, ResolveMessage resolve) {
        this.caller = caller;
        this.items = items;
        this.enqueue = enqueue;
        this.resolve = resolve;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "enqueueMessages",
            summary = "Enqueue messages: one per campaign, prospect and step, however often it is enqueued")
    @RequestBody(ref = "NewSendItems")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_PARAMETER
    })
    public Queued enqueue(InputStream body) throws IOException {
        UUID org = caller.get().organisation(null);
        return new Queued(enqueue.enqueue(org, NewItems.read(StrictJson.read(body, MAX_ENQUEUE_BYTES))));
    }

    @GET
    @Operation(operationId = "listSendItems", summary = "Messages, newest first")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Page<SendItem> list(
            @QueryParam("status") @Parameter(schema = @Schema(implementation = SendStatus.class)) String status,
            @QueryParam("campaignId") String campaignId,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Limit.of(limit);
        SendStatus only = status == null
                ? null
                : SendStatus.of(status)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_PARAMETER,
                                Sentence.of("must-be-one-of", "status", "pending, processing, sent, failed, unknown")));
        if (campaignId != null && campaignId.indexOf('\0') >= 0) return new Page<>(List.of(), null);
        UUID org = caller.get().organisation(null);
        List<SendItem> found = items.newest(org, only, campaignId, position(cursor), most + 1);
        return Page.of(found, most, item -> Cursor.write(item.id()));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getSendItem", summary = "A message and how far it is")
    @Answers(ProblemType.NOT_FOUND)
    public SendItem get(@PathParam("id") String id) {
        return find(id);
    }

    @POST
    @Path("{id}/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resolveSendItem",
            summary = "Say of a message in doubt (unknown) that it was sent, or have it sent again")
    @RequestBody(ref = "Resolution")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.NOT_FOUND,
        ProblemType.CONFLICT,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_PARAMETER
    })
    public SendItem resolve(@PathParam("id") String id, InputStream body) throws IOException {
        SendItem item = find(id);
        JsonNode json = StrictJson.read(body, MAX_RESOLVE_BYTES);
        boolean resolved =
                switch (json.path("outcome").asText()) {
                    case "sent" -> resolve.wasSent(item.orgId(), item.id());
                    case "resend" -> resolve.sendAgain(item.orgId(), item.id());
                    default ->
                        throw new ProblemException(ProblemType.INVALID_PARAMETER, Sentence.of("outcome-not-known"));
                };
        if (!resolved)
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    Sentence.of("message-not-unknown", find(id).status().word()));
        return find(id);
    }

    private static UUID position(String cursor) {
        if (cursor == null) return null;
        try {
            return UUID.fromString(Cursor.read(cursor, 1).get(0));
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    private SendItem find(String id) {
        UUID org = caller.get().organisation(null);
        try {
            return items.ofOrganisation(org, UUID.fromString(id)).orElseThrow(SendResource::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-message"));
    }

    @Schema(name = "EnqueuedItems")
    record Queued(List<EnqueueMessages.Enqueued> items) {}
}
