package dev.importonce.queue;

/**
 * What became of one claim.
 *
 * @param claimed items claimed; 0: nothing was due
 * @param processed items that came to the end they were claimed for
 * @param failed items whose attempt failed, to be tried again or given up
 */
public record Worked(int claimed, int processed, int failed) {
    /** Nothing was due. */
    public static final Worked NOTHING = new Worked(0, 0, 0);

    /** Both together. */
    public Worked plus(Worked other) {
        return new Worked(claimed + other.claimed, processed + other.processed, failed + other.failed);
    }
}
