package dev.importonce.http;

import dev.importonce.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Ends a connection on which more is sent than is wanted, or hardly anything: the rest of a body may be as long as it likes. Not at once:
 * closed on a sender that still writes, a connection is reset, and the answer is lost with it (RFC 9112, section 9.6).
 */
@ApplicationScoped
class UnwantedBodies {
    /** Of those whose bodies are too long or too slow. */
    private static final Set<Integer> REFUSED =
            Set.of(ProblemType.TOO_LARGE.status(), ProblemType.SLOW_SENDER.status());

    private static final int FIRST = 1000;
    private static final long LINGER_MILLIS = 1000;

    void register(@Observes Filters filters) {
        filters.register(UnwantedBodies::watch, FIRST);
    }

    private static void watch(RoutingContext exchange) {
        exchange.addHeadersEndHandler(headers -> closeSoon(exchange));
        exchange.next();
    }

    private static void closeSoon(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded() || !REFUSED.contains(exchange.response().getStatusCode())) return;
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        exchange.addEndHandler(sent -> exchange.vertx()
                .setTimer(LINGER_MILLIS, linger -> request.connection().close()));
    }
}
