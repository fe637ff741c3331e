package dev.importonce.queue;

/**
 * Claims of one piece of work that were never settled: their workers ended, or lost their leases. If other work ran in the
 * same process, such a claim is no evidence against this work, and their number is unlimited: a crash hits all work that is
 * running. If the work was processed alone, the claim is evidence.
 *
 * @param all number of such claims
 * @param alone those of them during which the process did no other work
 * @param last whether the last claim before the present one is one of them
 */
public record Deaths(int all, int alone, boolean last) {
    /** There are none. */
    public static final Deaths NONE = new Deaths(0, 0, false);

    private static final int SUSPICIOUS = 2;
    private static final int PROOF = 8;

    /** Whether the work is to be processed alone from now on, and after a delay. */
    public boolean areSuspicious() {
        return all >= SUSPICIOUS;
    }

    /** Whether the work is to be given up: usually after ten deaths, the first two of them beside other work. */
    boolean areProof() {
        return alone >= PROOF;
    }
}
