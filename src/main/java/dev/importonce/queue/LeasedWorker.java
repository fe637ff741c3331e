package dev.importonce.queue;

import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.postgres.RootCause;
import dev.importonce.postgres.Standing;
import dev.importonce.thread.OutOfMemory;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The claim protocol, the same for all kinds of work. A kind brings its statements; each is whole, decides by itself,
 * and runs in a short transaction of its own:
 *
 * <ul>
 *   <li>claim: what has {@code due_at <= now()}, in the order of {@code turn}, {@code for update skip locked}; sets
 *       {@code token + 1}, {@code attempts + 1} and {@code due_at = now() + lease}. A lease that ran out is due again
 *       by that alone, so every claim is a rescue, too;
 *   <li>extend, release and every write of an outcome: only where {@code token} is the claim's.
 * </ul>
 *
 * @param <C> a claim
 */
public abstract class LeasedWorker<C extends Claim> implements Worker {
    private static final Logger LOG = Logger.getLogger(LeasedWorker.class);

    /** Far beyond what anything explains that goes on with it. */
    private static final int MOST_CLAIMS = 50;

    private final String queue;
    private final int maxAttempts;
    private final Backoff backoff;
    private final Heartbeat heartbeat;
    private final Isolation isolation;
    private final QueueMetrics metrics;
    private final Set<C> held = ConcurrentHashMap.newKeySet();

    /** @param maxAttempts after so many failed ones the work is given up */
    protected LeasedWorker(
            String queue,
            int maxAttempts,
            Backoff backoff,
            Heartbeat heartbeat,
            Isolation isolation,
            QueueMetrics metrics) {
        this.queue = queue;
        this.maxAttempts = maxAttempts;
        this.backoff = backoff;
        this.heartbeat = heartbeat;
        this.isolation = isolation;
        this.metrics = metrics;
    }

    /** For the container's proxies. */
    protected LeasedWorker() {
        this(null, 0, null, null, null, null);
    }

    /** Takes what is due next. */
    protected abstract Optional<C> claim(int most);

    /**
     * Works it and writes its outcome, if the claim is still ours.
     *
     * @return processed and failed items
     * @throws LeaseLost when it was not
     */
    protected abstract Worked work(C claim);

    /** Keeps the claim for another lease. */
    protected abstract void extend(C claim);

    /** Makes failed work due again after a while. */
    protected abstract void retryLater(C claim, Duration delay, Throwable failure);

    /** Ends work that failed for the last time; the error is kept. */
    protected abstract void giveUp(C claim, Throwable failure);

    /** Makes unfinished work due at once, as if it had not been claimed. */
    protected abstract void release(C claim);

    /** Makes work that is to be done alone due later, as if it had not been claimed. Of claims that count their deaths. */
    protected void putOff(C claim, Duration delay) {}

    /**
     * Notes, of claims that count their deaths, that this one begins with nothing else beside it.
     *
     * @throws LeaseLost when it is not ours any more
     */
    protected void beginAlone(C claim) {}

    /** Takes that back: the claim was lost, but not its worker. */
    protected void outlived(C claim) {}

    /** Tidies up after work that was taken from us. */
    protected void lost(C claim) {}

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public Worked run(int most) {
        return settle(() -> claim(most));
    }

    /** Claims, and works what was claimed, if anything was. */
    protected final Worked settle(Supplier<Optional<C>> claim) {
        return Standing.WORKER.call(() -> {
            if (!isolation.beginBeside()) return Worked.NOTHING;
            Optional<C> suspicious;
            try {
                Optional<C> claimed = claim.get();
                suspicious = claimed.filter(one -> one.deaths().areSuspicious());
                if (suspicious.isEmpty()) return claimed.map(this::settle).orElse(Worked.NOTHING);
            } finally {
                isolation.endBeside();
            }
            return settle(suspicious.get());
        });
    }

    @Override
    public void giveBack() {
        Standing.WORKER.call(() -> {
            held.forEach(this::giveBack);
            return null;
        });
    }

    /** One that cannot be given back is no reason to keep the others. */
    private void giveBack(C claim) {
        try {
            release(claim);
            LOG.infof("%s given back", claim);
        } catch (RuntimeException e) {
            LOG.warnf("%s not given back: %s", claim, RootCause.of(e));
        }
    }

    private Worked settle(C claim) {
        Span span = metrics.span(queue, claim);
        Scope current = span.makeCurrent();
        try {
            return settleInSpan(claim);
        } finally {
            current.close();
            span.end();
        }
    }

    private Worked settleInSpan(C claim) {
        held.add(claim);
        metrics.claimed(queue, claim);
        Worked[] worked = {new Worked(claim.size(), 0, claim.size())};
        try {
            if (claim.attempts() > MOST_CLAIMS || claim.deaths().areProof()) throw new EndsItsWorkers(claim);
            heartbeat.during(() -> worked[0] = workWherever(claim), () -> extend(claim));
            LOG.debugf("%s done", claim);
        } catch (LeaseLost e) {
            LOG.infof("%s", e.getMessage());
            metrics.leaseLost(queue);
            lost(claim);
        } catch (Throwable e) {
            OutOfMemory.exitIfCauseOf(e);
            settleFailure(claim, e);
        } finally {
            held.remove(claim);
        }
        return worked[0];
    }

    /** Whatever else it did, work after which its workers were gone is not done beside other work. */
    private Worked workWherever(C claim) {
        if (!claim.deaths().areSuspicious()) return work(claim);
        boolean alone = !claim.deaths().last() && isolation.beginAlone();
        if (!alone) {
            Duration delay = backoff.after(claim.deaths().all());
            LOG.warnf(
                    "%s: %d claims of it ended with their workers, alone again in %s",
                    claim, claim.deaths().all(), delay);
            putOff(claim, delay);
            return new Worked(claim.size(), 0, 0);
        }
        try {
            beginAlone(claim);
            return workAlone(claim);
        } finally {
            isolation.endAlone();
        }
    }

    private Worked workAlone(C claim) {
        try {
            return work(claim);
        } catch (LeaseLost e) {
            outlived(claim);
            throw e;
        }
    }

    /** Claims that were never settled are no failed attempts. A database that is away is nobody's fault: it counts, but never as the last attempt. */
    private void settleFailure(C claim, Throwable failure) {
        metrics.failed(queue);
        boolean last =
                claim.attempts() - claim.deaths().all() >= maxAttempts && !DatabaseUnavailable.isCauseOf(failure);
        if (last || failure instanceof EndsItsWorkers) {
            LOG.errorf(failure, "%s failed for the last time: %s", claim, RootCause.of(failure));
            giveUp(claim, failure);
        } else {
            LOG.warnf("%s failed, attempt %d: %s", claim, claim.attempts(), RootCause.of(failure));
            retryLater(claim, backoff.after(claim.attempts()), failure);
        }
    }
}
