package dev.importonce.source.block;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Compresses the bytes of a block (RFC 1950), with a fast rather than a strong compression level. */
public final class Packing {
    /** Compressing shorter blocks saves nothing. */
    private static final int LEAST_BYTES = 1024;

    private Packing() {}

    /** The compressed bytes, or the bytes themselves if compression saves less than an eighth. */
    public static byte[] pack(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) return bytes;
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[bytes.length - bytes.length / 8];
            int length = deflater.deflate(packed);
            return deflater.finished() ? Arrays.copyOf(packed, length) : bytes;
        } finally {
            deflater.end();
        }
    }

    /** @param length the length before compression */
    static byte[] unpack(byte[] packed, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[length];
            if (inflater.inflate(bytes) != length) throw new IllegalStateException("a stored block is too short");
            return bytes;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }
}
