package dev.importonce.webhook;

import dev.importonce.postgres.RootCause;
import dev.importonce.queue.Backoff;
import dev.importonce.queue.Heartbeat;
import dev.importonce.queue.Isolation;
import dev.importonce.queue.LeaseLost;
import dev.importonce.queue.LeasedWorker;
import dev.importonce.queue.QueueMetrics;
import dev.importonce.queue.Worked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Delivers events, one at a time in each of its threads, which are its own: a slow receiver holds up no import. An attempt
 * whose end could not be recorded is made again, with the same id and the same bytes.
 */
@ApplicationScoped
class WebhookWorker extends LeasedWorker<Delivery> {
    private static final Logger LOG = Logger.getLogger(WebhookWorker.class);

    /** For failures here, such as a database that is away; those of the receiver have a schedule of days. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Receiver receiver;
    private final Deliveries deliveries;
    private final Bodies bodies;
    private final Sender sender;

    WebhookWorker(
            Receiver receiver,
            Deliveries deliveries,
            Bodies bodies,
            Sender sender,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics) {
        super("webhooks", Integer.MAX_VALUE, BACKOFF, heartbeat, isolation, metrics);
        this.receiver = receiver;
        this.deliveries = deliveries;
        this.bodies = bodies;
        this.sender = sender;
    }

    @Override
    protected boolean onlyWaits() {
        return true;
    }

    @Override
    protected Optional<Delivery> claim(int most) {
        return receiver.configured() ? deliveries.claim() : Optional.empty();
    }

    @Override
    protected Worked work(Delivery delivery) {
        Optional<String> body = delivery.body() == null ? bodies.keep(delivery) : Optional.of(delivery.body());
        if (body.isEmpty()) {
            deliveries.failed(delivery, Answer.none("what it is about is gone"));
            return new Worked(1, 0, 1);
        }
        Answer answer = sender.send(delivery, body.get());
        if (!record(delivery, answer)) throw new LeaseLost(delivery);
        return new Worked(1, answer.accepted() ? 1 : 0, answer.accepted() ? 0 : 1);
    }

    private boolean record(Delivery delivery, Answer answer) {
        if (answer.accepted()) {
            LOG.infof("%s delivered at attempt %d", delivery, delivery.tries());
            return deliveries.delivered(delivery, answer.status());
        }
        Optional<Duration> delay = answer.gone()
                ? Optional.empty()
                : RetrySchedule.after(delivery.tries(), answer.retryAfter(), ThreadLocalRandom.current());
        LOG.warnf(
                "%s not delivered at attempt %d: %s; %s",
                delivery,
                delivery.tries(),
                answer.error(),
                delay.map(wait -> "tried again in " + wait.toSeconds() + " s").orElse("given up"));
        return delay.map(wait -> deliveries.retry(delivery, wait, answer))
                .orElseGet(() -> deliveries.failed(delivery, answer));
    }

    @Override
    protected void extend(Delivery delivery) {
        deliveries.extend(delivery);
    }

    /** Claims count in any case: a database that is away cannot be told of this one either. */
    @Override
    protected void retryLater(Delivery delivery, Duration delay, boolean counted) {
        deliveries.later(delivery, delay);
    }

    @Override
    protected void giveUp(Delivery delivery, Throwable failure) {
        deliveries.failed(delivery, Answer.none(RootCause.of(failure)));
    }

    @Override
    protected void release(Delivery delivery) {
        deliveries.release(delivery);
    }

    @Override
    public long due() {
        return receiver.configured() ? deliveries.due() : 0;
    }
}
