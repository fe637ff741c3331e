package dev.importonce.http;

import dev.importonce.json.Json;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Answers what is refused before any endpoint is looked for: a Host header that is none, a token that does not hold, a body that comes too slowly. */
@ApplicationScoped
class EarlyFailures {
    private final Json json;

    EarlyFailures(Json json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        // The first of all failure handlers: Quarkus' own calls this an error of the server and names the exception.
        router.route().order(Integer.MIN_VALUE).failureHandler(exchange -> {
            if (exchange.failure() instanceof ProblemException e) answer(exchange, e.type(), e.problem());
            else if (exchange.statusCode() == ProblemType.MALFORMED_REQUEST.status())
                answer(exchange, ProblemType.MALFORMED_REQUEST, noHost());
            else exchange.next();
        });
    }

    private static Problem noHost() {
        return Problem.of(ProblemType.MALFORMED_REQUEST, "The Host header is not a host.", List.of());
    }

    private void answer(RoutingContext exchange, ProblemType type, Problem problem) {
        type.headers().forEach(exchange.response()::putHeader);
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(json.write(problem)));
    }
}
