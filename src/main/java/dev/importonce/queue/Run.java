package dev.importonce.queue;

import java.time.Duration;

/** Processes a queue for a limited time. */
public final class Run {
    /** The next claim is expected to need this multiple of the longest claim so far. */
    private static final double MARGIN = 1.5;

    private final Worker worker;

    /** @param worker of the queue */
    public Run(Worker worker) {
        this.worker = worker;
    }

    /**
     * Claims and does work until nothing is due, {@code most} items have been claimed, or the next claim might not end
     * within the budget.
     *
     * @param budget the time limit
     * @param most the maximum number of items to claim
     */
    public Worked within(Duration budget, int most) {
        long begin = System.nanoTime();
        Worked total = Worked.NOTHING;
        long longest = 0;
        for (long used = 0; used + MARGIN * longest < budget.toNanos() && total.claimed() < most; ) {
            Worked one = worker.run(most - total.claimed(), budget.minusNanos(used));
            if (one.claimed() == 0) break;
            total = total.plus(one);
            long now = System.nanoTime() - begin;
            longest = Math.max(longest, now - used);
            used = now;
        }
        return total;
    }
}
