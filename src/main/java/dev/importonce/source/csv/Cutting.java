package dev.importonce.source.csv;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.Deposit;
import dev.importonce.source.block.Plan;
import dev.importonce.source.format.NotPlain;

/**
 * Cuts a stream of bytes into blocks and deposits them: at the beginnings of records that the planner finds, or anywhere
 * when there is no planner or the planner has given up. Not thread-safe.
 */
public final class Cutting {
    private static final int ANYWHERE_BYTES = 1 << 20;

    private final Deposit deposit;
    private final CsvPlanner planner;
    private final Pending pending = new Pending();
    private ProblemException refusal;
    private int blocks;
    private long cut;
    private long bytes;

    /** @param planner null: cut anywhere */
    public Cutting(Deposit deposit, CsvPlanner planner) {
        this.deposit = deposit;
        this.planner = planner;
    }

    /** Adds the next bytes. */
    public void feed(byte[] buffer, int length) {
        pending.append(buffer, length);
        bytes += length;
        // After the planner has given up, the bytes are still checked to be text.
        if (isPlanned() || refusal instanceof NotPlain)
            try {
                planner.feed(buffer, 0, length);
            } catch (ProblemException e) {
                refusal = e;
            }
        cut();
    }

    /** Ends the stream; null when there is no plan. {@link #refusal} then says why, if there is a reason. */
    public Plan finish() {
        Plan plan = null;
        if (isPlanned())
            try {
                plan = planner.finish();
            } catch (ProblemException e) {
                refusal = e;
            }
        cut();
        if (bytes > cut) cut((int) (bytes - cut));
        return plan;
    }

    /** Why the planner gave up, or null. */
    public ProblemException refusal() {
        return refusal;
    }

    private boolean isPlanned() {
        return planner != null && refusal == null;
    }

    private void cut() {
        if (planner != null)
            for (; blocks < planner.blocks().size(); blocks++) {
                Block block = planner.blocks().get(blocks);
                deposit.add(block, pending.take(block.byteLength()));
                cut = block.end();
            }
        while (!isPlanned() && bytes - cut >= ANYWHERE_BYTES) cut(ANYWHERE_BYTES);
    }

    private void cut(int length) {
        deposit.add(new Block(blocks++, cut, length, cut, 0, 0), pending.take(length));
        cut += length;
    }
}
