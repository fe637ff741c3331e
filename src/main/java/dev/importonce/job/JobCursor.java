package dev.importonce.job;

import dev.importonce.paging.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a list of jobs goes on. */
record JobCursor(Instant createdAt, UUID id) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    JobCursor {
        // Beyond what a timestamptz can hold, the database refuses the query.
        if (createdAt.isBefore(EARLIEST) || createdAt.isAfter(LATEST)) throw Cursor.invalid();
    }

    static JobCursor parse(String cursor) {
        if (cursor == null) return null;
        List<String> values = Cursor.read(cursor, 2);
        try {
            return new JobCursor(Instant.parse(values.get(0)), UUID.fromString(values.get(1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    static String of(MigrationJob job) {
        return Cursor.write(job.createdAt, job.id);
    }
}
