package dev.importonce.queue;

import org.jboss.logging.Logger;

/** Runs independent steps: a step that fails is logged, and the others run all the same. Not thread-safe. */
public final class OneByOne {
    private static final Logger LOG = Logger.getLogger(OneByOne.class);

    private int failed;

    /**
     * Runs a step.
     *
     * @param the step's name in the log
     * @return whether the step succeeded
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

    /** Tells the caller, after all steps, that some have failed. */
    public void throwIfAnyFailed() {
        if (failed > 0) throw new IllegalStateException(failed + " steps failed");
    }
}
