package dev.importonce.problem;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers what the router refuses before any endpoint is looked for: a Host header that is none. */
@ApplicationScoped
class UndecodableRequests {
    private static final ProblemException NO_HOST =
            new ProblemException(ProblemType.MALFORMED_REQUEST, "The Host header is not a host.");

    private final EarlyAnswer answer;

    UndecodableRequests(EarlyAnswer answer) {
        this.answer = answer;
    }

    void register(@Observes Router router) {
        // The first of all failure handlers: Quarkus' own calls this an error of the server and names the exception.
        router.route().order(Integer.MIN_VALUE).failureHandler(exchange -> {
            if (exchange.statusCode() == ProblemType.MALFORMED_REQUEST.status()) answer.problem(exchange, NO_HOST);
            else exchange.next();
        });
    }
}
