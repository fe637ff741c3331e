package dev.importonce.job;

/** The claim is not ours any more: somebody took the chunk over, or its job has ended. Rolls back whatever was written. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeaseLost(ChunkClaim claim) {
        super(claim + " is not ours any more", null, false, false);
    }
}
