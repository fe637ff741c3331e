package dev.importonce.postgres;

import java.util.function.Supplier;

/** For whom a thread currently runs statements: decides who waits for whom when connections are scarce. */
public enum Standing {
    /** For a caller's request. A few connections are never given to callers. */
    CALLER,
    /** For work that is being claimed, done or settled. It waits only for other work, never for callers. */
    WORKER,
    /** Short statements that extend claims. They wait for nobody. */
    HEARTBEAT;

    private static final ThreadLocal<Standing> CURRENT = ThreadLocal.withInitial(() -> CALLER);

    /** Does the work with this standing. Must not be called within a transaction that began with another standing. */
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
