package dev.importonce.webhook;

/** What the receiver is told. */
public enum EventType {
    IMPORT_COMPLETED("import.completed"),
    IMPORT_FAILED("import.failed"),
    IMPORT_CANCELLED("import.cancelled"),
    IMPORT_UNDONE("import.undone"),
    MESSAGE_UNKNOWN("message.unknown");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /** As in the body, in the list of deliveries and in the table. */
    public String word() {
        return word;
    }
}
