package dev.importonce.queue;

/** Work that has ended the process it was worked in, again and again, also when nothing else was worked there. */
public final class EndsItsWorkers extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int times;

    EndsItsWorkers(Claim claim) {
        super(claim + " has ended its workers, " + claim.deaths().alone() + " times with nothing else beside it");
        times = claim.deaths().alone();
    }

    /** How often it did so while nothing else was worked beside it. */
    public int times() {
        return times;
    }
}
