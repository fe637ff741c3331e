package dev.importonce.thread;

import java.nio.charset.StandardCharsets;

/**
 * A process that has run out of memory ends, so that whoever runs it starts another: what else of it has failed, nobody
 * knows. The JVM does so by itself with {@code -XX:+ExitOnOutOfMemoryError}; for where that was not set, this does the same
 * as soon as such an error is seen. Allocates nothing.
 */
public final class OutOfMemory {
    /** The JVM's own. */
    static final int EXIT_CODE = 3;

    static final String LINE =
            "ImportOnce has run out of memory and ends. Give it more (-Xmx), and set -XX:+ExitOnOutOfMemoryError.\n";

    /**
     * What the JVM says, and a native binary. Errors of that kind with other messages are those of a single call that asked
     * for more than there can be.
     */
    private static final String[] MESSAGES = {
        "Java heap space",
        "GC overhead limit exceeded",
        "Metaspace",
        "Compressed class space",
        "Requested array size exceeds VM limit",
        "Garbage-collected heap size exceeded"
    };

    private static final int DEEPEST = 50;
    private static final byte[] BYTES = LINE.getBytes(StandardCharsets.UTF_8);

    private OutOfMemory() {}

    /** Ends the process if that is why something failed. */
    public static void exitIfCauseOf(Throwable failure) {
        Throwable t = failure;
        for (int depth = 0; t != null && depth < DEEPEST; depth++, t = t.getCause())
            if (t instanceof OutOfMemoryError && isOfTheProcess(t.getMessage())) exit();
    }

    private static boolean isOfTheProcess(String message) {
        if (message == null) return true;
        for (int i = 0; i < MESSAGES.length; i++) if (message.startsWith(MESSAGES[i])) return true;
        return false;
    }

    private static void exit() {
        try {
            System.err.write(BYTES, 0, BYTES.length);
            System.err.flush();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
