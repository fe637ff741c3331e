package dev.importonce.paging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The position at which the next page of a list begins that is sorted by time, newest first. */
public record TimeCursor(Instant createdAt, UUID id) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * @param createdAt of the last item seen
     * @param id of the same item, to distinguish items of the same moment
     */
    public TimeCursor {
        // The database refuses a query with a time that is out of the range of a timestamptz.
        if (createdAt.isBefore(EARLIEST) || createdAt.isAfter(LATEST)) throw Cursor.invalid();
    }

    /** @param cursor as sent; null, for the beginning of the list, is returned as null */
    public static TimeCursor parse(String cursor) {
        if (cursor == null) return null;
        List<String> values = Cursor.read(cursor, 2);
        try {
            return new TimeCursor(Instant.parse(values.get(0)), UUID.fromString(values.get(1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    /**
     * The position after an item, whatever time is stored with it: a time that a cursor cannot have counts as the nearest
     * one that it can have.
     */
    public static TimeCursor behind(Instant createdAt, UUID id) {
        Instant time = createdAt.isBefore(EARLIEST) ? EARLIEST : createdAt.isAfter(LATEST) ? LATEST : createdAt;
        return new TimeCursor(time, id);
    }

    /** The text that {@link #parse} reads. */
    public String write() {
        return Cursor.write(createdAt, id);
    }
}
