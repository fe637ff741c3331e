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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Sends due messages: claims several at a time, sends them in parallel, and writes each outcome as soon as it is known. */
@ApplicationScoped
class SendWorker extends LeasedWorker<SendClaim> {
    private static final Logger LOG = Logger.getLogger(SendWorker.class);
    private static final int MAX_WRITES = 8;
    private static final Backoff WRITE_BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final SendClaims claims;
    private final Provider provider;
    private final Verdict verdict;
    private final boolean idempotent;
    private final BatchSize batch = new BatchSize();

    SendWorker(
            SendClaims claims,
            Provider provider,
            SendConfig config,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics) {
        super("send", Integer.MAX_VALUE, BACKOFF, heartbeat, isolation, metrics);
        this.claims = claims;
        this.provider = provider;
        this.idempotent = config.idempotent();
        this.verdict = new Verdict(idempotent);
    }

    @Override
    protected Optional<SendClaim> claim(int most) {
        if (!provider.configured()) return Optional.empty();
        List<Message> messages = claims.claim(Math.min(most, batch.next()));
        return messages.isEmpty() ? Optional.empty() : Optional.of(new SendClaim(messages));
    }

    @Override
    protected Worked work(SendClaim claim) {
        BlockingQueue<Settled> ended = new LinkedBlockingQueue<>();
        long begin = System.nanoTime();
        for (Message message : claim.messages()) start(message, ended);
        int sent = 0;
        for (int open = claim.size(); open > 0; ) {
            Map<Message, Outcome> outcomes = next(ended);
            open -= outcomes.size();
            if (open == 0) batch.took(claim.size(), Duration.ofNanos(System.nanoTime() - begin));
            settle(claim, outcomes);
            sent += (int) outcomes.values().stream()
                    .filter(Outcome.Sent.class::isInstance)
                    .count();
        }
        return new Worked(claim.size(), sent, claim.size() - sent);
    }

    private void start(Message message, BlockingQueue<Settled> ended) {
        if (message.inDoubt() && verdict.isFinal(message)) {
            ended.add(new Settled(message, verdict.afterCrash()));
            return;
        }
        provider.send(message)
                .thenApply(answer -> verdict.of(message, answer))
                // Whatever the failure is, the waiting thread needs an outcome.
                .exceptionally(failure -> new Outcome.Unknown(RootCause.of(failure)))
                .thenAccept(outcome -> ended.add(new Settled(message, outcome)));
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
        claim.settled(List.copyOf(outcomes.keySet()));
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
    protected void retryLater(SendClaim claim, Duration delay, Throwable failure) {}

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
