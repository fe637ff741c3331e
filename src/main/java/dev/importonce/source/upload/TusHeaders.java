package dev.importonce.source.upload;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Adds the headers that tus requires in every answer, also in error answers. */
@ApplicationScoped
class TusHeaders {
    static final String VERSION = "1.0.0";
    static final String PATH = "/api/sources/tus";

    private static final int FIRST = 900;
    private static final int OTHER_VERSION = 412;

    void register(@Observes Filters filters) {
        filters.register(TusHeaders::add, FIRST);
    }

    private static void add(RoutingContext exchange) {
        if (exchange.normalizedPath().startsWith(PATH))
            exchange.addHeadersEndHandler(headers -> {
                exchange.response().putHeader("Tus-Resumable", VERSION);
                if (exchange.response().getStatusCode() == OTHER_VERSION)
                    exchange.response().putHeader("Tus-Version", VERSION);
            });
        exchange.next();
    }
}
