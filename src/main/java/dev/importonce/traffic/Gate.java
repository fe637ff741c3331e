package dev.importonce.traffic;

import dev.importonce.identity.CurrentCaller;
import dev.importonce.traffic.Places.Entry;
import dev.importonce.traffic.Places.Guest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Lets a request have a thread, and its endpoint a body that is still coming in, only when it has a place. Who waits for one holds a
 * connection, but no thread, and the rest of its body stays where it is.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
class Gate implements ResteasyReactiveContainerRequestFilter {
    private final Admission admission;
    private final CurrentCaller caller;

    Gate(Admission admission, CurrentCaller caller) {
        this.admission = admission;
        this.caller = caller;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext context) {
        var request = (ResteasyReactiveRequestContext) context.getServerRequestContext();
        // The address that needs no caller takes hardly any time.
        if (caller.get() != null && !isStream(request.getTarget())) new Visit(request).begin();
    }

    /** Of events, one after another: it holds no thread. */
    private static boolean isStream(RuntimeResource target) {
        return target.getReturnType() instanceof ParameterizedType type && type.getRawType() == Multi.class;
    }

    /** One request's. */
    private final class Visit {
        private final ResteasyReactiveRequestContext request;
        private final RoutingContext exchange;
        private final Buffer begun;
        private final Share share;
        private final Guest guest;

        Visit(ResteasyReactiveRequestContext request) {
            this.request = request;
            exchange = request.unwrap(RoutingContext.class);
            begun = SmallBodies.begun(exchange);
            share = begun == null ? admission.requests() : admission.files();
            guest = share.guest(caller.get(), this::resume);
        }

        void begin() {
            request.registerCompletionCallback(done -> share.places().leave(guest));
            request.suspend();
            Entry entry = share.places().enter(guest);
            switch (entry) {
                case IN -> resume();
                case FULL -> request.resume(share.refused());
                case WAITS -> {
                    if (begun != null) Line.of(exchange).ifPresent(line -> line.uploads(this::giveUp));
                    exchange.addEndHandler(gone -> giveUp(new IOException("its sender has gone")));
                    exchange.vertx().setTimer(admission.patience().toMillis(), late -> giveUp(share.refused()));
                }
            }
        }

        private void resume() {
            if (begun != null) {
                ArrivingBody body = new ArrivingBody(exchange.request(), begun);
                Line.of(exchange).ifPresent(line -> line.uploads(body::refuse));
                request.setInputStream(body);
            }
            request.resume();
        }

        private void giveUp(Throwable why) {
            if (share.places().giveUp(guest)) request.resume(why);
        }
    }
}
