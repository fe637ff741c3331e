package dev.importonce.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends a connection on which more is sent than is wanted: the rest of a body may be as long as it likes. Not at once:
 * closed on a sender that still writes, a connection is reset, and the answer is lost with it (RFC 9112, section 9.6).
 */
@ApplicationScoped
class UnwantedBodies {
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
        boolean unwanted = exchange.response().getStatusCode() == ProblemType.TOO_LARGE.status() && !request.isEnded();
        if (!unwanted || request.version() == HttpVersion.HTTP_2) return;
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        exchange.addEndHandler(sent -> exchange.vertx()
                .setTimer(LINGER_MILLIS, linger -> request.connection().close()));
    }
}
