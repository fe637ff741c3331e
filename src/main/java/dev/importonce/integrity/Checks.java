package dev.importonce.integrity;

import java.util.List;

/** All checks: those of the endpoint, of {@code doctor} and of the metrics. */
final class Checks {
    /** Checks whose count must be 0. */
    static final List<Check> PROBLEMS = List.of(
            DuplicateChecks.JOBS,
            DuplicateChecks.CONTACTS,
            DuplicateChecks.CHATS,
            DuplicateChecks.MESSAGES,
            ProgressChecks.STUCK,
            UniqueIndexes.VALID,
            ProgressChecks.COUNTERS,
            RowsVisible.ALL);

    /** Findings that a person should check, although they need not be a fault. */
    static final List<Check> ALARMS =
            List.of(ProgressChecks.SAME_PERSON, ProgressChecks.WEBHOOKS_LATE, ProgressChecks.WEBHOOKS_FAILED);

    /** How long due work has been waiting, in seconds. */
    static final List<Check> AGES =
            List.of(ProgressChecks.IMPORT_AGE, ProgressChecks.SEND_AGE, ProgressChecks.WEBHOOK_AGE);

    private Checks() {}
}
