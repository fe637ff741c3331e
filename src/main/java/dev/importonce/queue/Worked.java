package dev.importonce.queue;

/**
 * The result of one claim, or of several.
 *
 * @param claimed items claimed; 0: nothing was due
 * @param processed items whose work was completed
 * @param failed items whose attempt failed; they are tried again or given up
 */
public record Worked(int claimed, int processed, int failed) {
    /** Nothing was due. */
    public static final Worked NOTHING = new Worked(0, 0, 0);

    /** The sum of both. */
    public Worked plus(Worked other) {
        return new Worked(claimed + other.claimed, processed + other.processed, failed + other.failed);
    }
}
