package dev.importonce.integrity;

import java.util.List;

/** All that is asked: of the endpoint, of {@code doctor} and of the metrics. */
final class Checks {
    /** What must not be. */
    static final List<Check> PROBLEMS = List.of(
            DuplicateChecks.JOBS,
            DuplicateChecks.CONTACTS,
            DuplicateChecks.CHATS,
            DuplicateChecks.MESSAGES,
            ProgressChecks.STUCK,
            UniqueIndexes.VALID,
            ProgressChecks.COUNTERS,
            RowsVisible.ALL);

    /** What somebody should look at, though nothing need be wrong. */
    static final List<Check> ALARMS = List.of(ProgressChecks.SAME_PERSON);

    /** How long due work has been waiting, in seconds. */
    static final List<Check> AGES = List.of(ProgressChecks.IMPORT_AGE, ProgressChecks.SEND_AGE);

    private Checks() {}
}
