package dev.importonce.traffic;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Waits for small bodies before their requests get a thread: most of them have arrived already, and a slow one holds only
 * its connection. A thread reads a larger body while it arrives, once {@link Gate} has admitted its request.
 */
@ApplicationScoped
class SmallBodies {
    /** In the worst case, every connection holds this number of bytes in memory. */
    private static final int MOST_BYTES = 16 * 1024;

    /** Runs after handlers that answer by themselves or only observe. */
    private static final int AFTER_OTHERS = 800;

    private static final String BEGUN = SmallBodies.class.getName();

    private final LeastRate leastRate;

    SmallBodies(LeastRate leastRate) {
        this.leastRate = leastRate;
    }

    void register(@Observes Filters filters) {
        filters.register(this::take, AFTER_OTHERS);
    }

    /** The part of an incomplete body that has arrived; null when the body is empty or complete. */
    static Buffer begun(RoutingContext exchange) {
        return exchange.get(BEGUN);
    }

    private void take(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!chunked && (length == null || length.equals("0"))) exchange.next();
        else if (isLarge(length) || request.headers().contains(HttpHeaders.EXPECT)) handOn(exchange, Buffer.buffer());
        else new Collection(exchange).begin();
    }

    /** Whether the length has more than five digits, whatever they are; the server refuses a text that is not a number. */
    private static boolean isLarge(String length) {
        return length != null && (length.length() > 5 || Integer.parseInt(length) > MOST_BYTES);
    }

    private static void handOn(RoutingContext exchange, Buffer begun) {
        exchange.put(BEGUN, begun);
        exchange.next();
    }

    private final class Collection {
        private final RoutingContext exchange;
        private final Buffer body = Buffer.buffer();
        private long timer;

        Collection(RoutingContext exchange) {
            this.exchange = exchange;
        }

        void begin() {
            timer = exchange.vertx()
                    .setTimer(leastRate.longest(MOST_BYTES).toMillis(), late -> exchange.fail(leastRate.tooSlow()));
            exchange.request()
                    .exceptionHandler(gone -> stopTimer())
                    .handler(this::add)
                    .endHandler(this::end)
                    .resume();
        }

        private void add(Buffer part) {
            body.appendBuffer(part);
            if (body.length() <= MOST_BYTES) return;
            stopTimer();
            exchange.request().pause().handler(null).endHandler(null).exceptionHandler(null);
            handOn(exchange, body);
        }

        private void end(Void end) {
            stopTimer();
            ((RoutingContextInternal) exchange).setBody(body);
            exchange.next();
        }

        private void stopTimer() {
            exchange.vertx().cancelTimer(timer);
        }
    }
}
