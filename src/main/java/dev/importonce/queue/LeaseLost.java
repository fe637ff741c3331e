package dev.importonce.queue;

/**
 * This worker does not hold the claim any more: another worker has taken the work over, or a user has ended it. Rolls the
 * transaction back.
 */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param claim the claim that this worker held */
    public LeaseLost(Claim claim) {
        super(claim + " is not ours any more", null, false, false);
    }
}
