package dev.importonce.send;

import dev.importonce.queue.Backoff;
import java.time.Duration;

/** Decides the outcome of a message by the provider's answer. */
final class Verdict {
    private static final int MAX_TRIES = 5;

    /** A crash hits all work that is running; if a message has met more crashes than this, it is their likely cause. */
    private static final int MAX_CRASHES = 10;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));

    private final boolean idempotent;

    /** @param idempotent whether a request may be repeated with the same key */
    Verdict(boolean idempotent) {
        this.idempotent = idempotent;
    }

    Outcome of(Message message, Answer answer) {
        if (answer instanceof Answer.NotReached missed) return again(message, null, missed.why());
        if (answer instanceof Answer.Silent silent) return inDoubt(message, silent.why());
        Answer.Status status = (Answer.Status) answer;
        int code = status.code();
        String said = "the provider answered " + code;
        if (code / 100 == 2 && !status.warning()) return new Outcome.Sent();
        if (code / 100 == 2) return again(message, status.retryAfter(), said + " with a warning");
        if (code == 429 || code == 503) return again(message, status.retryAfter(), said);
        if (code >= 500) return inDoubt(message, said);
        return new Outcome.Failed(said);
    }

    /** Whether a message must not be sent again after a crash. */
    boolean isFinal(Message message) {
        return !idempotent || message.attempts() > MAX_CRASHES;
    }

    /** The outcome after a crash: an earlier attempt may have sent the message. */
    Outcome afterCrash() {
        return new Outcome.Unknown("its worker ended before the provider's answer was recorded");
    }

    private Outcome again(Message message, Duration askedFor, String why) {
        if (askedFor != null)
            return new Outcome.Later(askedFor.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : askedFor, false, why);
        if (message.attempts() >= MAX_TRIES)
            return new Outcome.Failed("given up after " + message.attempts() + " tries: " + why);
        return new Outcome.Later(BACKOFF.after(message.attempts()), true, why);
    }

    private Outcome inDoubt(Message message, String why) {
        if (!idempotent || message.attempts() >= MAX_TRIES) return new Outcome.Unknown(why);
        return new Outcome.Later(BACKOFF.after(message.attempts()), true, why);
    }
}
