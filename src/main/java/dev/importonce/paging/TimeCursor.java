package dev.importonce.paging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a list that is sorted by time, newest first, goes on. */
public record TimeCursor(Instant createdAt, UUID id) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @param createdAt of the last item seen
     * @param id of the same item, to tell those of one moment apart */
    public TimeCursor {
        // Beyond what a timestamptz can hold, the database refuses the query.
        if (createdAt.isBefore(EARLIEST) || createdAt.isAfter(LATEST)) throw Cursor.invalid();
    }

    /** @param cursor as sent, or null for the beginning: then null */
    public static TimeCursor parse(String cursor) {
        if (cursor == null) return null;
        List<String> values = Cursor.read(cursor, 2);
        try {
            return new TimeCursor(Instant.parse(values.get(0)), UUID.fromString(values.get(1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    /** Behind an item, whatever time is stored with it: one that no cursor can have counts as the last or the first that can. */
    public static TimeCursor behind(Instant createdAt, UUID id) {
        Instant time = createdAt.isBefore(EARLIEST) ? EARLIEST : createdAt.isAfter(LATEST) ? LATEST : createdAt;
        return new TimeCursor(time, id);
    }

    /** The same as {@link #parse} reads it. */
    public String write() {
        return Cursor.write(createdAt, id);
    }
}
