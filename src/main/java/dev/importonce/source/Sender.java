package dev.importonce.source;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells whether the sender of the current request still waits for the answer. */
@RequestScoped
class Sender {
    private final AtomicBoolean departed = new AtomicBoolean();

    Sender(RoutingContext exchange) {
        exchange.addEndHandler(end -> {
            if (end.failed()) departed.set(true);
        });
        // The handler is not called for a sender that has disconnected before.
        if (exchange.response().closed()) departed.set(true);
    }

    /** Becomes true when the sender closes its connection before there is an answer. */
    AtomicBoolean departure() {
        return departed;
    }
}
