package dev.importonce.webhook;

import dev.importonce.identity.Role;
import dev.importonce.paging.Limit;
import dev.importonce.paging.Page;
import dev.importonce.paging.TimeCursor;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows operators what the webhook was told, and tells it again. */
@Path("/api/webhooks/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation")
@RolesAllowed(Role.OPERATOR)
class WebhookResource {
    private final WebhookDeliveries list;
    private final SendAgain again;

    WebhookResource(WebhookDeliveries list, SendAgain again) {
        this.list = list;
        this.again = again;
    }

    @GET
    @Operation(operationId = "listWebhookDeliveries", summary = "Events for the webhook, newest first")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Page<DeliveryView> list(
            @QueryParam("state") @Parameter(schema = @Schema(implementation = DeliveryState.class)) String state,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Limit.of(limit);
        DeliveryState only = state == null
                ? null
                : DeliveryState.of(state)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_PARAMETER,
                                Sentence.of("must-be-one-of", "state", "pending, delivered, failed")));
        List<DeliveryRow> found = list.newest(only, TimeCursor.parse(cursor), most + 1);
        return Page.of(found, most, DeliveryView::of, row -> TimeCursor.behind(row.createdAt(), row.id())
                .write());
    }

    @POST
    @Path("{id}/resend")
    @Operation(
            operationId = "resendWebhook",
            summary = "Deliver an event once more, with the same id; only one whose delivery has ended")
    @Answers({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    public DeliveryView resend(@PathParam("id") String sent) {
        UUID id = uuid(sent);
        find(id);
        if (!again.configured()) throw new ProblemException(ProblemType.CONFLICT, Sentence.of("no-receiver"));
        if (!again.send(id)) throw new ProblemException(ProblemType.CONFLICT, Sentence.of("event-pending"));
        return find(id);
    }

    private DeliveryView find(UUID id) {
        return list.of(id).map(DeliveryView::of).orElseThrow(WebhookResource::notFound);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-event"));
    }
}
