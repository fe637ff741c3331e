package dev.importonce.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** A one-dimensional PostgreSQL array, grown element by element in the binary wire format. Not safe for use by several threads. */
public final class BinaryArray {
    /** Element types, by their OID in pg_type. */
    public enum Type {
        TEXT(25),
        BIGINT(20),
        UUID(2950);

        final int oid;

        Type(int oid) {
            this.oid = oid;
        }
    }

    final Type type;
    private byte[] buffer = new byte[512];
    private int length;
    private int count;
    private boolean hasNull;

    /** An empty array. */
    public BinaryArray(Type type) {
        this.type = type;
    }

    /** Number of elements. */
    public int count() {
        return count;
    }

    /** Adds a text, null as NULL. Must not hold U+0000, which PostgreSQL refuses. */
    public void add(String text) {
        count++;
        if (text == null) {
            hasNull = true;
            reserve(4);
            putInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        reserve(4 + utf8.length);
        putInt(utf8.length);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
    }

    /** Adds a bigint. */
    public void add(long number) {
        count++;
        reserve(12);
        putInt(8);
        putLong(number);
    }

    /** Adds a uuid. */
    public void add(UUID uuid) {
        count++;
        reserve(20);
        putInt(16);
        putLong(uuid.getMostSignificantBits());
        putLong(uuid.getLeastSignificantBits());
    }

    void writeTo(BinaryCopy out) {
        // array_recv: number of dimensions, has-null flag, element type, then per dimension length and lower bound
        out.int4(count == 0 ? 12 : 20 + length);
        out.int4(count == 0 ? 0 : 1);
        out.int4(hasNull ? 1 : 0);
        out.int4(type.oid);
        if (count == 0) return;
        out.int4(count);
        out.int4(1);
        out.bytes(buffer, length);
    }

    private void putInt(int value) {
        buffer[length++] = (byte) (value >>> 24);
        buffer[length++] = (byte) (value >>> 16);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    private void reserve(int more) {
        if (length + more > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
    }
}
