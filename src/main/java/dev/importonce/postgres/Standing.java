package dev.importonce.postgres;

import java.util.function.Supplier;

/** Whose statements a thread runs at the moment: decides who waits for whom when connections are scarce. */
public enum Standing {
    /** Somebody's who asks for something. A few connections are never theirs. */
    CALLER,
    /** Work's that is being claimed, done or settled. Waits for other work at most. */
    WORKER,
    /** Short ones that keep claims alive. Wait for nobody. */
    HEARTBEAT;

    private static final ThreadLocal<Standing> CURRENT = ThreadLocal.withInitial(() -> CALLER);

    /** Does it with this standing. Not within a transaction that has been begun with another. */
    public <T> T call(Supplier<T> work) {
        Standing before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }

    static Standing current() {
        return CURRENT.get();
    }
}
