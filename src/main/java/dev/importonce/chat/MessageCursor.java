package dev.importonce.chat;

import dev.importonce.paging.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a list of messages goes on. Messages keep their time and id when chats are merged, so a position stays good.
 *
 * @param createdAt null, like the id: at the newest
 */
record MessageCursor(Instant createdAt, UUID id) {
    private static final MessageCursor START = new MessageCursor(null, null);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    MessageCursor {
        // Beyond what a timestamptz can hold, the database refuses the query.
        if (createdAt != null && (createdAt.isBefore(EARLIEST) || createdAt.isAfter(LATEST))) throw Cursor.invalid();
    }

    static MessageCursor parse(String cursor) {
        if (cursor == null) return START;
        List<String> values = Cursor.read(cursor, 2);
        try {
            return new MessageCursor(Instant.parse(values.get(0)), UUID.fromString(values.get(1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    static String of(Message message) {
        return Cursor.write(message.createdAt(), message.id());
    }
}
