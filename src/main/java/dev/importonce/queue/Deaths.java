package dev.importonce.queue;

/**
 * Claims of one piece of work that were never settled: their workers ended, or lost their leases. One that was worked beside
 * others says nothing against it, and how often that may be so has no limit: crashes meet whatever is under way. One that was
 * worked alone does.
 *
 * @param all how many there are
 * @param alone those of them in which nothing else was worked in the same process
 * @param last whether the last claim before the present one is one of them
 */
public record Deaths(int all, int alone, boolean last) {
    /** There are none. */
    public static final Deaths NONE = new Deaths(0, 0, false);

    private static final int SUSPICIOUS = 2;
    private static final int PROOF = 8;

    /** Whether it is to be worked alone from now on, and not again at once. */
    public boolean areSuspicious() {
        return all >= SUSPICIOUS;
    }

    /** Whether it is to be given up: ten in all, unless it came to be worked alone later. */
    boolean areProof() {
        return alone >= PROOF;
    }
}
