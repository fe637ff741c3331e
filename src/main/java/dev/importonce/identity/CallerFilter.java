package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;

/** Settles who is calling, or answers 401, before an endpoint reads a byte of the body. */
@Provider
@Priority(Priorities.AUTHENTICATION)
class CallerFilter implements ContainerRequestFilter {
    private static final String BEARER = "bearer ";

    private final Tokens tokens;
    private final OpenDoor openDoor;
    private final CurrentCaller current;

    CallerFilter(Tokens tokens, OpenDoor openDoor, CurrentCaller current) {
        this.tokens = tokens;
        this.openDoor = openDoor;
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!tokens.required()) {
            openDoor.check(host(request), request.getHeaderString("Origin"));
            current.set(Caller.LOCAL);
            return;
        }
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Send an Authorization header with a bearer token.");
        current.set(tokens.verify(header.substring(BEARER.length()).trim(), actFor(request)));
    }

    /** HTTP/2 has it in the address instead (RFC 9113, section 8.3.1). */
    private static String host(ContainerRequestContext request) {
        String host = request.getHeaderString("Host");
        return host != null ? host : request.getUriInfo().getBaseUri().getRawAuthority();
    }

    private static UUID actFor(ContainerRequestContext request) {
        String user = request.getHeaderString("X-User-Id");
        try {
            return user == null ? null : UUID.fromString(user);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "X-User-Id must be a UUID.");
        }
    }
}
