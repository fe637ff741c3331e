package dev.importonce.platform;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Gives every header the value that the event has for it. On the way here each was cut at its commas, and nobody who
 * reads the first of several values would see the rest: of an Idempotency-Key, of tus' Upload-Metadata, of a boundary.
 */
@ApplicationScoped
class WholeHeaders {
    /** Before anything that reads one. */
    private static final int FIRST = 10_000;

    void register(@Observes Filters filters) {
        filters.register(WholeHeaders::restore, FIRST);
    }

    private static void restore(RoutingContext exchange) {
        if (exchange.request().headers() instanceof QuarkusHttpHeaders headers
                && headers.getContextObjects().get(APIGatewayV2HTTPEvent.class) instanceof APIGatewayV2HTTPEvent event
                && event.getHeaders() != null)
            event.getHeaders().forEach((name, value) -> {
                if (value != null && value.indexOf(',') >= 0) headers.set(name, value);
            });
        exchange.next();
    }
}
