package dev.importonce.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.copy.CopyIn;

/** Writes rows in PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format"). */
public final class BinaryCopy {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final CopyIn copy;
    private final byte[] buffer = new byte[64 * 1024];
    private int length;

    BinaryCopy(CopyIn copy) {
        this.copy = copy;
        bytes(SIGNATURE, SIGNATURE.length);
        int4(0);
        int4(0);
    }

    /** Begins a row of that many values; the next calls give them in the order of the COPY's columns. */
    public void row(int values) {
        reserve(2);
        buffer[length++] = (byte) (values >>> 8);
        buffer[length++] = (byte) values;
    }

    /** An integer value. */
    public void integer(int value) {
        int4(4);
        int4(value);
    }

    /** A uuid value. */
    public void uuid(UUID value) {
        int4(16);
        int8(value.getMostSignificantBits());
        int8(value.getLeastSignificantBits());
    }

    /** An array value. */
    public void array(BinaryArray value) {
        value.writeTo(this);
    }

    void int4(int value) {
        reserve(4);
        buffer[length++] = (byte) (value >>> 24);
        buffer[length++] = (byte) (value >>> 16);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    void int8(long value) {
        int4((int) (value >>> 32));
        int4((int) value);
    }

    void bytes(byte[] bytes, int count) {
        if (count > buffer.length) {
            flush();
            send(bytes, count);
            return;
        }
        reserve(count);
        System.arraycopy(bytes, 0, buffer, length, count);
        length += count;
    }

    void finish() {
        row(-1);
        flush();
    }

    private void reserve(int more) {
        if (length + more > buffer.length) flush();
    }

    private void flush() {
        send(buffer, length);
        length = 0;
    }

    private void send(byte[] bytes, int count) {
        try {
            copy.writeToCopy(bytes, 0, count);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
