package dev.importonce.queue;

import dev.importonce.postgres.DatabaseUnavailable;
import dev.importonce.postgres.RootCause;
import dev.importonce.postgres.Standing;
import dev.importonce.thread.OutOfMemory;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The claim protocol, which all kinds of work share. Each kind of work provides its statements; each of them makes its
 * decision in one statement, and runs in a short transaction of its own:
 *
 * <ul>
 *   <li>claim: work with {@code due_at <= now()}, in the order of {@code turn}, {@code for update skip locked}; sets {@code
 *       token + 1}, {@code attempts + 1} and {@code due_at = now() + lease}. Work whose lease has expired is due again
 *       without any other step, so that every claim is also a rescue;
 *   <li>extend, release and every write of an outcome: only where {@code token} is the claim's.
 * </ul>
 *
 * @param <C> a claim
 */
public abstract class LeasedWorker<C extends Claim> implements Worker {
    private static final Logger LOG = Logger.getLogger(LeasedWorker.class);

    /** A limit for work that no other rule ends; normal operation never reaches it. */
    private static final int MOST_CLAIMS = 50;

    /** From this attempt on the delays are long enough that attempts that the database did not let happen need not count. */
    private static final int WAITS_LONG = 3;

    private final String queue;
    private final int maxAttempts;
    private final Backoff backoff;
    private final Heartbeat heartbeat;
    private final Isolation isolation;
    private final QueueMetrics metrics;
    private final Set<C> held = ConcurrentHashMap.newKeySet();
    private final Rounds rounds = new Rounds();

    /** @param maxAttempts the work is given up after this number of failed attempts */
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
        if (metrics != null) metrics.begin(queue);
    }

    /** The CDI container's client proxies need this constructor. */
    protected LeasedWorker() {
        this(null, 0, null, null, null, null);
    }

    /**
     * Whether this work does nothing but wait for another system. It then runs beside work that has to run alone, which it
     * would hold up, and which it cannot be mistaken for: it does not crash its process, and may be repeated.
     */
    protected boolean onlyWaits() {
        return false;
    }

    /** Claims the work that is due next. */
    protected abstract Optional<C> claim(int most);

    /**
     * Does the work and writes its outcome, if this worker still holds the claim.
     *
     * @return processed and failed items
     * @throws LeaseLost when this worker had lost the claim
     */
    protected abstract Worked work(C claim);

    /** Extends the claim by another lease. */
    protected abstract void extend(C claim);

    /**
     * Makes failed work due again after the delay.
     *
     * @param counted whether this claim counts as an attempt
     */
    protected abstract void retryLater(C claim, Duration delay, boolean counted);

    /** Ends work that failed for the last time, and stores the error. */
    protected abstract void giveUp(C claim, Throwable failure);

    /** Makes unfinished work due at once, as if it had not been claimed. */
    protected abstract void release(C claim);

    /** Makes work that has to run alone due later, as if it had not been claimed. Only for kinds of work that count deaths. */
    protected void putOff(C claim, Duration delay) {}

    /**
     * Records that this claim begins to run alone. Only for kinds of work that count deaths.
     *
     * @throws LeaseLost when this worker does not hold the claim any more
     */
    protected void beginAlone(C claim) {}

    /** Reverts {@link #beginAlone}: the claim was lost, but its process survived. */
    protected void outlived(C claim) {}

    /** Cleans up after another worker has taken the work over. */
    protected void lost(C claim) {}

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public Worked run(int most) {
        return settle(() -> claim(most));
    }

    /** Claims work and does it, if any is due and this process is not being stopped. */
    protected final Worked settle(Supplier<Optional<C>> claim) {
        if (!rounds.begin()) return Worked.NOTHING;
        try {
            return settleDue(claim);
        } finally {
            rounds.end();
        }
    }

    private Worked settleDue(Supplier<Optional<C>> claim) {
        return Standing.WORKER.call(() -> {
            if (onlyWaits()) return claim.get().map(this::settle).orElse(Worked.NOTHING);
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
    public void close() {
        rounds.close();
    }

    @Override
    public void await(long deadline) throws InterruptedException {
        rounds.await(deadline);
    }

    @Override
    public void giveBack() {
        Standing.WORKER.call(() -> {
            held.forEach(this::giveBack);
            return null;
        });
    }

    /** If one claim cannot be given back, the others are given back all the same. */
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
        Worked[] worked = new Worked[1];
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
        return worked[0] == null ? new Worked(claim.size(), 0, claim.size()) : worked[0];
    }

    /** Counts work that was claimed as a part of a claim that is running. */
    protected final void counted(Claim part) {
        metrics.claimed(queue, part);
    }

    /** Work that has crashed its workers never runs in parallel with other work. */
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

    /**
     * Claims that were never settled are not failed attempts. If the database is unavailable, or the node of it that the work
     * needs, the first attempts count, so that each waits longer, and the later ones do not: no work is given up for that,
     * however long it lasts.
     */
    private void settleFailure(C claim, Throwable failure) {
        metrics.failed(queue);
        Span.current().setStatus(StatusCode.ERROR);
        boolean unavailable = DatabaseUnavailable.isCauseOf(failure);
        boolean last = claim.attempts() - claim.deaths().all() >= maxAttempts && !unavailable;
        if (last || failure instanceof EndsItsWorkers) {
            LOG.errorf(failure, "%s failed for the last time: %s", claim, RootCause.of(failure));
            giveUp(claim, failure);
        } else {
            LOG.warnf("%s failed, attempt %d: %s", claim, claim.attempts(), RootCause.of(failure));
            retryLater(claim, backoff.after(claim.attempts()), claim.attempts() < WAITS_LONG || !unavailable);
        }
    }
}
