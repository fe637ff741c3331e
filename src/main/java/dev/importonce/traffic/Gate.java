package dev.importonce.traffic;

import dev.importonce.identity.CurrentCaller;
import dev.importonce.traffic.Places.Guest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Lets a request whose body is still arriving reach its endpoint only when there is a free place. A waiting request holds a
 * connection, but no thread, and the rest of its body stays at the sender.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
class Gate implements ResteasyReactiveContainerRequestFilter {
    private final UploadPlaces places;
    private final LeastRate leastRate;
    private final CurrentCaller caller;

    Gate(UploadPlaces places, LeastRate leastRate, CurrentCaller caller) {
        this.places = places;
        this.leastRate = leastRate;
        this.caller = caller;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext context) {
        var request = (ResteasyReactiveRequestContext) context.getServerRequestContext();
        RoutingContext exchange = request.unwrap(RoutingContext.class);
        Buffer begun = SmallBodies.begun(exchange);
        // Only the path that needs no caller gets here without one, and it reads no body.
        if (begun != null && caller.isKnown()) new Visit(request, exchange, begun).begin();
    }

    /** The visit of one request. */
    private final class Visit {
        private final ResteasyReactiveRequestContext request;
        private final RoutingContext exchange;
        private final Buffer begun;
        private final Guest guest;

        Visit(ResteasyReactiveRequestContext request, RoutingContext exchange, Buffer begun) {
            this.request = request;
            this.exchange = exchange;
            this.begun = begun;
            guest = places.guest(caller.get(), this::resume);
        }

        void begin() {
            request.registerCompletionCallback(done -> places.leave(guest));
            // Set before it is known whether the request has to wait: a waiting request may be admitted at any
            // moment.
            request.suspend();
            switch (places.enter(guest)) {
                case IN -> resume();
                case FULL -> request.resume(places.refused());
                case WAITS -> {
                    exchange.addEndHandler(gone -> giveUp(new IOException("its sender has gone")));
                    exchange.vertx().setTimer(places.patience().toMillis(), late -> giveUp(places.refused()));
                }
            }
        }

        private void resume() {
            request.setInputStream(new ArrivingBody(exchange.request(), begun, leastRate));
            request.resume();
        }

        private void giveUp(Throwable why) {
            if (places.giveUp(guest)) request.resume(why);
        }
    }
}
