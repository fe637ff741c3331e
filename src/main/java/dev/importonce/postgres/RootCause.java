package dev.importonce.postgres;

import jakarta.transaction.RollbackException;
import java.util.ArrayList;
import java.util.List;

/**
 * The innermost cause of a failure: exceptions that wrap it (of interceptors, the transaction manager, futures) do not
 * explain it.
 */
public final class RootCause {
    private static final int DEEPEST = 50;

    private RootCause() {}

    /** Class name and message of the root cause, for logs; if it has no message, the message of the next exception around it. */
    public static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        String root = chain.get(chain.size() - 1).getClass().getSimpleName();
        for (int i = chain.size() - 1; i >= 0; i--) {
            String message = chain.get(i).getMessage();
            if (message != null && !message.isBlank()) return root + ": " + message.strip();
        }
        return root;
    }

    /** The failure, its cause, and so on. The cause of a failed commit is among its suppressed exceptions. */
    static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = failure; t != null && chain.size() < DEEPEST; t = next(t)) chain.add(t);
        return chain;
    }

    private static Throwable next(Throwable t) {
        if (t.getCause() == null && t instanceof RollbackException && t.getSuppressed().length > 0)
            return t.getSuppressed()[0];
        return t.getCause();
    }
}
