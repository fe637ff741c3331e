package dev.importonce.queue;

/** The claim is not ours any more: somebody took the work over, or ended it. Rolls back whatever was written. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param claim that was ours */
    public LeaseLost(Claim claim) {
        super(claim + " is not ours any more", null, false, false);
    }
}
