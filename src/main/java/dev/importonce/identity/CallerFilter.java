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
    private static final String CRON = "/api/cron/";

    /** How to sign in is asked by who has not yet. */
    private static final String PUBLIC = "/api/sign-in";

    private final Tokens tokens;
    private final OpenDoor openDoor;
    private final CurrentCaller current;
    private final CronSecret cronSecret;

    CallerFilter(Tokens tokens, OpenDoor openDoor, CurrentCaller current, CronSecret cronSecret) {
        this.cronSecret = cronSecret;
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
        if (request.getUriInfo().getPath().equals(PUBLIC)) return;
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Send an Authorization header with a bearer token.");
        String token = header.substring(BEARER.length()).trim();
        if (isCron(request, token)) current.set(Caller.SERVICE);
        else current.set(tokens.verify(token, actFor(request)), token);
    }

    /** Whoever holds the secret may have work done, and nothing else. */
    private boolean isCron(ContainerRequestContext request, String token) {
        return request.getUriInfo().getPath().startsWith(CRON) && cronSecret.is(token);
    }

    /** HTTP/1.0 may have none. */
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
