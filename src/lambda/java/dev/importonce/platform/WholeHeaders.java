package dev.importonce.platform;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.QuarkusHttpHeaders;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Restores every header's value from the event. Before this, each value was divided at its commas, and code that reads only
 * the first of several values would lose the rest: of an Idempotency-Key, of tus' Upload-Metadata, of a boundary.
 */
@ApplicationScoped
class WholeHeaders {
    /** Runs before every handler that reads a header. */
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
