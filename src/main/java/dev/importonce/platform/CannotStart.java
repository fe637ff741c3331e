package dev.importonce.platform;

/** Why the service does not start: one sentence that says what to do. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String sentence) {
        super(sentence, null, false, false);
    }
}
