package dev.importonce.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One row of a result, read by column name; valid only while it is being read. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** uuid, or null. */
    public UUID uuid(String column) {
        return read(() -> rows.getObject(column, UUID.class));
    }

    /** text or json as text, or null. */
    public String text(String column) {
        return read(() -> rows.getString(column));
    }

    /** integer; null reads as 0. */
    public int integer(String column) {
        return read(() -> rows.getInt(column));
    }

    /** bigint; null reads as 0. */
    public long bigint(String column) {
        return read(() -> rows.getLong(column));
    }

    /** boolean; null reads as false. */
    public boolean bool(String column) {
        return read(() -> rows.getBoolean(column));
    }

    /** bytea, or null. */
    public byte[] bytes(String column) {
        return read(() -> rows.getBytes(column));
    }

    /** timestamptz, or null. */
    public Instant instant(String column) {
        OffsetDateTime time = read(() -> rows.getObject(column, OffsetDateTime.class));
        return time == null ? null : time.toInstant();
    }

    /**
     * text[]; null reads as the empty list, a null element as the empty text, and an array of several dimensions as all its
     * values in order.
     */
    public List<String> texts(String column) {
        Array array = read(() -> rows.getArray(column));
        if (array == null) return List.of();
        List<String> texts = new ArrayList<>();
        collect(read(() -> (Object[]) array.getArray()), texts);
        return List.copyOf(texts);
    }

    private static void collect(Object[] elements, List<String> texts) {
        for (Object element : elements)
            if (element instanceof Object[] inner) collect(inner, texts);
            else texts.add(element == null ? "" : element.toString());
    }

    private static <T> T read(Column<T> column) {
        try {
            return column.read();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private interface Column<T> {
        T read() throws SQLException;
    }
}
