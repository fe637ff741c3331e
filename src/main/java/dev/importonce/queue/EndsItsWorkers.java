package dev.importonce.queue;

/** This work has crashed its process several times, also when the process did no other work. */
public final class EndsItsWorkers extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int times;

    EndsItsWorkers(Claim claim) {
        super(claim + " has ended its workers, " + claim.deaths().alone() + " times with nothing else beside it");
        times = claim.deaths().alone();
    }

    /** Number of crashes while the process did no other work. */
    public int times() {
        return times;
    }
}
