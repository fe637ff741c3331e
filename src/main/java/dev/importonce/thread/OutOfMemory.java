package dev.importonce.thread;

import java.nio.charset.StandardCharsets;

/**
 * Ends a process that is out of memory, so that its supervisor restarts it: nobody knows which other parts of it have
 * failed. With {@code -XX:+ExitOnOutOfMemoryError} the JVM does this itself; without that option, this class does it as soon
 * as it sees such an error. Allocates nothing.
 */
public final class OutOfMemory {
    /** The exit code of the JVM for this error. */
    static final int EXIT_CODE = 3;

    static final String LINE =
            "ImportOnce has run out of memory and ends. Give it more (-Xmx), and set -XX:+ExitOnOutOfMemoryError.\n";

    /**
     * Messages of the JVM and of a native binary. An OutOfMemoryError with another message means that a single call
     * requested more than is possible.
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

    /** Ends the process if an out-of-memory error is among the causes of the failure. */
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
