package dev.importonce.chat;

import dev.importonce.identity.Caller;
import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.paging.Limit;
import dev.importonce.paging.Page;
import dev.importonce.paging.TimeCursor;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The messages of a chat. */
@Path("/api/chats/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Chats")
@RolesAllowed({Role.USER, Role.SERVICE})
class MessageResource {
    private final CurrentCaller caller;
    private final Chats chats;
    private final PostMessage postMessage;

    MessageResource(CurrentCaller caller, Chats chats, PostMessage postMessage) {
        this.caller = caller;
        this.chats = chats;
        this.postMessage = postMessage;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "postMessage", summary = "Send a message")
    @RequestBody(ref = "NewMessage")
    @APIResponse(responseCode = "201", ref = "MessageSent")
    @Answers({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.NOT_FOUND,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_PARAMETER
    })
    public Response post(@PathParam("id") String chatId, InputStream body) throws IOException {
        Caller sender = caller.get();
        sender.requireUser();
        Message message = postMessage.post(sender, chatId, ChatRequests.message(body));
        return Response.status(201).entity(message).build();
    }

    @GET
    @Operation(operationId = "listMessages", summary = "A chat's messages, newest first")
    @Answers({ProblemType.NOT_FOUND, ProblemType.INVALID_PARAMETER})
    public Page<Message> list(
            @PathParam("id") String chatId, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Limit.of(limit);
        TimeCursor after = TimeCursor.parse(cursor);
        Chat chat = chats.find(caller.get(), chatId);
        List<Message> messages = chats.newest(chat.id(), after, most + 1);
        return Page.of(messages, most, last -> TimeCursor.behind(last.createdAt(), last.id())
                .write());
    }
}
