package dev.importonce.traffic;

import dev.importonce.problem.EarlyAnswer;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How slow the other ends of connections may be, and what becomes of those that are slower. */
@ApplicationScoped
class Lines {
    /** Before all that may answer. */
    private static final int FIRST = 1200;

    /** Of some hundred kilobytes each. */
    private static final int LARGE_HEADS = 64;

    private static final int CROWDED = 16;
    private static final long LONGEST_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EarlyAnswer answer;
    private final Places uploads;
    private final long leastRate;
    private final long graceNanos;
    private final AtomicInteger largeHeads = new AtomicInteger();

    Lines(EarlyAnswer answer, Admission admission, TrafficConfig config) {
        this.answer = answer;
        uploads = admission.files().places();
        leastRate = config.leastRate().asLongValue();
        graceNanos = config.leastRateGrace().toNanos();
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
    }

    private void begin(RoutingContext exchange) {
        Channel channel = Line.channel(exchange);
        if (channel.parent() instanceof ServerChannel) line(channel).begins(exchange);
        exchange.next();
    }

    /** A connection that was there before the server was watched has none yet. */
    private Line line(Channel channel) {
        Line known = Line.of(channel);
        if (known != null) return known;
        Line line = new Line(this, channel);
        channel.pipeline().addFirst(line);
        return line;
    }

    /** How often a connection is looked at. */
    long periodNanos() {
        return Math.min(LONGEST_PERIOD_NANOS, graceNanos / 4);
    }

    /**
     * Whether the other side is too late.
     *
     * @param waitedNanos how long it has been waited for since the last time
     */
    boolean isTooSlow(Pace pace, long waitedNanos) {
        return pace.waited(waitedNanos, leastRate) > graceNanos;
    }

    /** The same of an upload, for whose end others may wait. */
    boolean isTooSlowUpload(Pace pace, long waitedNanos) {
        return pace.waited(waitedNanos, uploads.isCrowded() ? CROWDED * leastRate : leastRate) > graceNanos;
    }

    /** Whether one more head may be long and not whole yet. */
    boolean beginLargeHead() {
        if (largeHeads.incrementAndGet() <= LARGE_HEADS) return true;
        endLargeHead();
        return false;
    }

    void endLargeHead() {
        largeHeads.decrementAndGet();
    }

    /** What is said to who sends too slowly. */
    ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.SLOW_SENDER,
                "The body comes at less than " + leastRate
                        + " bytes per second. Send it again over a better line; a large file in pieces.");
    }

    /** Ends an exchange that nobody else has in hand yet. */
    void refuse(RoutingContext exchange, ProblemException why) {
        answer.problem(exchange, why);
    }
}
