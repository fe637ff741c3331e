package dev.importonce.postgres;

import jakarta.transaction.RollbackException;
import java.util.ArrayList;
import java.util.List;

/** Why something failed: what wraps a failure (interceptors, the transaction manager, futures) says nothing of it. */
public final class RootCause {
    private static final int DEEPEST = 50;

    private RootCause() {}

    /** Its name and message, for logs; if it has no message, that of the next one around it. */
    public static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        String root = chain.get(chain.size() - 1).getClass().getSimpleName();
        for (int i = chain.size() - 1; i >= 0; i--) {
            String message = chain.get(i).getMessage();
            if (message != null && !message.isBlank()) return root + ": " + message.strip();
        }
        return root;
    }

    /** The failure, its cause, and so on. A commit that failed has its cause among what it suppressed. */
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
