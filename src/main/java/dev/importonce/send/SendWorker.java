package dev.importonce.send;

import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.postgres.RootCause;
import dev.importonce.queue.Backoff;
import dev.importonce.queue.Heartbeat;
import dev.importonce.queue.Isolation;
import dev.importonce.queue.LeasedWorker;
import dev.importonce.queue.QueueMetrics;
import dev.importonce.queue.Worked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Sends due messages, as many at once as there are {@link Places}: a place that comes free is taken by the next message at
 * once. Writes each outcome as soon as it is known.
 */
@ApplicationScoped
class SendWorker extends LeasedWorker<SendClaim> {
    private static final Logger LOG = Logger.getLogger(SendWorker.class);
    private static final int MAX_WRITES = 8;
    private static final Backoff WRITE_BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** More in one statement save little time. */
    static final int MOST_TOGETHER = 500;

    /** How long a claim takes further messages: other work, which has to run alone, waits for its end. */
    private static final Duration GROWING = Duration.ofSeconds(5);

    /** How long to wait for a place before other work may have to be done. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final SendClaims claims;
    private final Places places;
    private final Provider provider;
    private final Verdict verdict;
    private final boolean idempotent;

    SendWorker(
            SendClaims claims,
            Places places,
            Provider provider,
            SendConfig config,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics) {
        super("send", Integer.MAX_VALUE, BACKOFF, heartbeat, isolation, metrics);
        this.claims = claims;
        this.places = places;
        this.provider = provider;
        this.idempotent = config.idempotent();
        this.verdict = new Verdict(idempotent);
    }

    @Override
    protected Optional<SendClaim> claim(int most) {
        return claim(most, GROWING);
    }

    /** Takes further messages for half of the time at most: after that the provider still has to answer. */
    @Override
    public Worked run(int most, Duration rest) {
        Duration half = rest.dividedBy(2);
        return settle(() -> claim(most, half.compareTo(GROWING) < 0 ? half : GROWING));
    }

    /** If all places are taken, the next round waits for one of them rather than for the next poll. */
    @Override
    public boolean workOne() {
        return super.workOne() || places.areTaken();
    }

    /** Nor does a claim take further messages. */
    @Override
    public void close() {
        super.close();
        places.close();
    }

    private Optional<SendClaim> claim(int most, Duration growing) {
        if (!provider.configured()) return Optional.empty();
        List<Message> messages = begin(places.take(Math.min(most, MOST_TOGETHER), PATIENCE));
        return messages.isEmpty() ? Optional.empty() : Optional.of(new SendClaim(messages, most, growing));
    }

    /** Claims messages for so many places; with a rate limit each statement claims those of one organisation and channel. */
    private List<Message> begin(int taken) {
        List<Message> begun = new ArrayList<>();
        try {
            while (begun.size() < taken) {
                List<Message> some = claims.claim(taken - begun.size());
                if (some.isEmpty()) break;
                begun.addAll(some);
            }
        } catch (RuntimeException e) {
            // The attempts that are recorded are to be made.
            if (begun.isEmpty()) throw e;
            LOG.warnf("no further messages claimed: %s", RootCause.of(e));
        } finally {
            places.giveBack(taken - begun.size());
        }
        return begun;
    }

    @Override
    protected Worked work(SendClaim claim) {
        BlockingQueue<Settled> ended = new LinkedBlockingQueue<>();
        int sent = 0;
        try {
            claim.open().forEach(message -> start(message, ended));
            while (claim.isOpen()) {
                Map<Message, Outcome> outcomes = next(ended);
                // First of all, so that no place is free while the outcomes are being written.
                refill(claim, ended);
                settle(claim, outcomes);
                sent += (int) outcomes.values().stream()
                        .filter(Outcome.Sent.class::isInstance)
                        .count();
            }
        } finally {
            places.recorded(claim.open().size());
        }
        return new Worked(claim.size(), sent, claim.size() - sent);
    }

    /** If this fails, the messages that are being sent get their outcomes all the same. */
    private void refill(SendClaim claim, BlockingQueue<Settled> ended) {
        int taken = places.takeFree(Math.min(claim.room(), MOST_TOGETHER));
        if (taken == 0) return;
        try {
            List<Message> more = begin(taken);
            if (more.size() < taken) claim.fill();
            if (more.isEmpty()) return;
            claim.add(more);
            more.forEach(message -> start(message, ended));
            counted(new SendClaim(more, more.size(), Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.warnf("no further messages claimed: %s", RootCause.of(e));
            claim.fill();
        }
    }

    private void start(Message message, BlockingQueue<Settled> ended) {
        if (message.inDoubt() && verdict.isFinal(message)) {
            places.answered();
            ended.add(new Settled(message, verdict.afterCrash()));
            return;
        }
        answer(message)
                .whenComplete((answer, failure) -> places.answered())
                .thenApply(answer -> verdict.of(message, answer))
                // Whatever the failure is, the waiting thread needs an outcome.
                .exceptionally(failure -> new Outcome.Unknown(RootCause.of(failure)))
                .thenAccept(outcome -> ended.add(new Settled(message, outcome)));
    }

    private CompletionStage<Answer> answer(Message message) {
        try {
            return provider.send(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits for one outcome, and takes all others that are known by then; further outcomes gather while these are written. */
    private static Map<Message, Outcome> next(BlockingQueue<Settled> ended) {
        try {
            List<Settled> some = new ArrayList<>(List.of(ended.take()));
            ended.drainTo(some);
            Map<Message, Outcome> outcomes = new LinkedHashMap<>();
            some.forEach(one -> outcomes.put(one.message(), one.outcome()));
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void settle(SendClaim claim, Map<Message, Outcome> outcomes) {
        long ours = write(outcomes);
        claim.settled(outcomes.keySet());
        places.recorded(outcomes.size());
        if (ours < outcomes.size())
            LOG.warnf("%d of %d outcomes came after their lease had run out", outcomes.size() - ours, outcomes.size());
        outcomes.forEach((message, outcome) -> LOG.infof(
                "%s attempt %d %s", message, message.attempts(), outcome.row().status()));
    }

    /**
     * Tries again as long as the database may become available again: a broken connection must not leave a sent message
     * without its outcome.
     */
    private long write(Map<Message, Outcome> outcomes) {
        for (int attempt = 1; ; attempt++) {
            try {
                return claims.settle(outcomes);
            } catch (RuntimeException e) {
                if (attempt == MAX_WRITES || !DatabaseUnavailable.isCauseOf(e)) throw e;
                LOG.warnf("outcomes could not be written, attempt %d: %s", attempt, RootCause.of(e));
                LockSupport.parkNanos(WRITE_BACKOFF.after(attempt).toNanos());
            }
        }
    }

    @Override
    protected void extend(SendClaim claim) {
        claims.extend(claim.open());
    }

    /** The outcomes could not be written: when the lease expires, these messages count as messages with an unknown outcome. */
    @Override
    protected void retryLater(SendClaim claim, Duration delay, boolean counted) {}

    @Override
    protected void giveUp(SendClaim claim, Throwable failure) {}

    /** Requests of these messages are in flight: this process will not learn whether they arrive. */
    @Override
    protected void release(SendClaim claim) {
        Map<Message, Outcome> outcomes = new LinkedHashMap<>();
        claim.open()
                .forEach(message -> outcomes.put(
                        message,
                        idempotent
                                ? new Outcome.Later(Duration.ZERO, false, null)
                                : new Outcome.Unknown("the service was stopped before the provider answered")));
        if (!outcomes.isEmpty()) claims.settle(outcomes);
    }

    @Override
    public long due() {
        return claims.due();
    }

    private record Settled(Message message, Outcome outcome) {}
}
