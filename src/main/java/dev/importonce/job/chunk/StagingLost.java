package dev.importonce.job.chunk;

/** Staging has fewer blocks than were read: the database crashed and emptied it. */
final class StagingLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    StagingLost() {
        super("staging rows are missing", null, false, false);
    }
}
