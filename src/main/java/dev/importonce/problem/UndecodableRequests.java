package dev.importonce.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Answers what the router refuses before any endpoint is looked for: a Host header that is none. */
@ApplicationScoped
class UndecodableRequests {
    private final Json json;

    UndecodableRequests(Json json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        // The first of all failure handlers: Quarkus' own calls this an error of the server and names the exception.
        router.route().order(Integer.MIN_VALUE).failureHandler(exchange -> {
            if (exchange.statusCode() == ProblemType.MALFORMED_REQUEST.status()) refuse(exchange);
            else exchange.next();
        });
    }

    private void refuse(RoutingContext exchange) {
        exchange.response()
                .setStatusCode(ProblemType.MALFORMED_REQUEST.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body());
    }

    private Buffer body() {
        return Buffer.buffer(
                json.write(Problem.of(ProblemType.MALFORMED_REQUEST, "The Host header is not a host.", List.of())));
    }
}
