package dev.importonce.chat;

import dev.importonce.chat.CreateOrGetChat.CreatedOrGot;
import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Chats: one per set of participants. */
@Path("/api/chats")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Chats")
@RolesAllowed({Role.USER, Role.SERVICE})
class ChatResource {
    private final CurrentCaller caller;
    private final CreateOrGetChat createOrGet;
    private final Chats chats;

    ChatResource(CurrentCaller caller, CreateOrGetChat createOrGet, Chats chats) {
        this.caller = caller;
        this.createOrGet = createOrGet;
        this.chats = chats;
    }

    @POST
    @Path("create-or-get")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createOrGetChat",
            summary = "The one chat of these participants: 201 when it is new, 200 when there was one")
    @RequestBody(ref = "Participants")
    @APIResponse(responseCode = "201", ref = "ChatCreated")
    @APIResponse(responseCode = "200", ref = "ChatFound")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_PARAMETER
    })
    public Response createOrGet(InputStream body) throws IOException {
        Participants participants = ChatRequests.participants(body);
        refuseStranger(caller.get(), participants);
        CreatedOrGot answer = createOrGet.createOrGet(participants);
        return Response.status(answer.created() ? 201 : 200)
                .location(URI.create("/api/chats/" + answer.chat().id()))
                .entity(answer)
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getChat", summary = "A chat you are in")
    @Answers(ProblemType.NOT_FOUND)
    public Chat get(@PathParam("id") String id) {
        return chats.find(caller.get(), id);
    }

    private static void refuseStranger(Caller who, Participants participants) {
        if (who.isLocal() || who.service()) return;
        String you = who.user().toString();
        if (!participants.members().contains(you))
            throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("you-are-no-participant", you));
    }
}
