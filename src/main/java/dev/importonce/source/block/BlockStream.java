package dev.importonce.source.block;

import java.io.InputStream;
import java.util.function.IntFunction;

/** The bytes of blocks, one block after the other. */
final class BlockStream extends InputStream {
    private final IntFunction<byte[]> payloads;
    private byte[] block = new byte[0];
    private int ordinal;
    private int position;

    /** @param payloads payloads by ordinal; null after the last one */
    BlockStream(IntFunction<byte[]> payloads) {
        this.payloads = payloads;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : block[position++] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) return 0;
        if (isAtEnd()) return -1;
        int count = Math.min(length, block.length - position);
        System.arraycopy(block, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean isAtEnd() {
        while (position == block.length) {
            byte[] next = payloads.apply(ordinal);
            if (next == null) return true;
            ordinal++;
            block = next;
            position = 0;
        }
        return false;
    }
}
