package dev.importonce.source;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory the current thread has asked for, whatever has become of it. */
public final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /** Bytes that running this takes. */
    public static long by(Runnable run) {
        long before = bytes();
        run.run();
        return bytes() - before;
    }

    private static long bytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
