package dev.importonce.queue;

import org.jboss.logging.Logger;

/** Steps of which none depends on another: one that fails is logged, and keeps none of the others. Not thread-safe. */
public final class OneByOne {
    private static final Logger LOG = Logger.getLogger(OneByOne.class);

    private int failed;

    /**
     * Takes a step.
     *
     * @param what it is, as the log is to have it
     * @return whether it did not fail
     */
    public boolean step(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: failed, the others go on", what);
            failed++;
            return false;
        }
    }

    /** So that who has them taken learns of it, too. */
    public void throwIfAnyFailed() {
        if (failed > 0) throw new IllegalStateException(failed + " steps failed");
    }
}
