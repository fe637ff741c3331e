package dev.importonce.source;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whoever has sent the current request, as long as it waits for the answer. */
@RequestScoped
class Sender {
    private final AtomicBoolean departed = new AtomicBoolean();

    Sender(RoutingContext exchange) {
        exchange.addEndHandler(end -> {
            if (end.failed()) departed.set(true);
        });
        // Who went before that is not told of.
        if (exchange.response().closed()) departed.set(true);
    }

    /** Becomes true when it closes its connection before there is an answer. */
    AtomicBoolean departure() {
        return departed;
    }
}
