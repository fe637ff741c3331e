package dev.importonce.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.postgres.RootCause;
import dev.importonce.thread.OutOfMemory;
import dev.importonce.words.Sentence;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that ends a request into a {@link Problem}. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Map<Integer, ProblemType> BY_STATUS = Map.of(
            400, ProblemType.MALFORMED_REQUEST,
            401, ProblemType.UNAUTHENTICATED,
            403, ProblemType.FORBIDDEN,
            404, ProblemType.NOT_FOUND,
            405, ProblemType.METHOD_NOT_ALLOWED,
            406, ProblemType.NOT_ACCEPTABLE,
            413, ProblemType.TOO_LARGE,
            415, ProblemType.UNSUPPORTED_MEDIA_TYPE,
            429, ProblemType.TOO_MANY_REQUESTS,
            503, ProblemType.UNAVAILABLE);

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return answer(e.type(), e.problem());
    }

    /** The caller is not authenticated. */
    @ServerExceptionMapper
    public Response stranger(UnauthorizedException e) {
        return answer(ProblemType.UNAUTHENTICATED, Sentence.of("no-token"));
    }

    /** The caller does not have the endpoint's role: only services may call endpoints that users may not call. */
    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e) {
        return answer(ProblemType.FORBIDDEN, Sentence.of("services-only"));
    }

    /** Requests that the framework itself refuses: unknown paths, methods, body types, malformed parameters. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) return e.getResponse();
        if (e.getCause() instanceof JacksonException) return malformed();
        // The framework reports a path or query parameter that cannot be parsed as "not found", so the answer names
        // the requested path.
        ProblemType type = BY_STATUS.getOrDefault(
                status, status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
        Sentence detail =
                switch (type) {
                    case NOT_FOUND ->
                        Sentence.of("nothing-at", "/" + uri.getPath().replaceFirst("^/", ""));
                    case METHOD_NOT_ALLOWED -> Sentence.of("ask-for-methods");
                    case NOT_ACCEPTABLE -> Sentence.of("accept-another");
                    case UNSUPPORTED_MEDIA_TYPE -> Sentence.of("send-another-type");
                    default -> Sentence.said(type.title() + ".");
                };
        return answer(type, detail);
    }

    @ServerExceptionMapper
    public Response json(JacksonException e) {
        return malformed();
    }

    /** The request's body, the only stream that endpoints read, ended early or stopped arriving. */
    @ServerExceptionMapper
    public Response body(IOException e) {
        LOG.debugf("body did not arrive whole: %s", e.getMessage());
        return answer(ProblemType.MALFORMED_REQUEST, Sentence.of("body-not-whole"));
    }

    @ServerExceptionMapper
    public Response anything(Throwable e) {
        OutOfMemory.exitIfCauseOf(e);
        if (DatabaseUnavailable.isCauseOf(e)) {
            LOG.warnf("database unavailable: %s", RootCause.of(e));
            return answer(ProblemType.UNAVAILABLE, Sentence.of("database-away"));
        }
        LOG.error("request failed", e);
        return answer(ProblemType.INTERNAL_ERROR, Sentence.of("request-failed"));
    }

    private static Response malformed() {
        return answer(ProblemType.MALFORMED_REQUEST, Sentence.of("malformed-body"));
    }

    private static Response answer(ProblemType type, Sentence detail) {
        return answer(type, Problem.of(type, detail, List.of()));
    }

    private static Response answer(ProblemType type, Problem problem) {
        Response.ResponseBuilder response =
                Response.status(type.status()).type(Problem.MEDIA_TYPE).entity(problem);
        type.headers().forEach(response::header);
        return response.build();
    }
}
