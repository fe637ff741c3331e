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
 * Closes a connection whose sender sends too much or too slowly, since the rest of the body may be of any length. The
 * connection is not closed at once: if the sender still writes, closing resets the connection, and the answer is lost (RFC
 * 9112, section 9.6).
 */
@ApplicationScoped
class UnwantedBodies {
    /** Status codes of requests whose bodies are too long or too slow. */
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
