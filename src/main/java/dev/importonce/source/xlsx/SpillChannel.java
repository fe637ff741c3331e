package dev.importonce.source.xlsx;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.ZipException;

/** A channel that reads the bytes of a spill like a file, but only an allowed number of them. */
final class SpillChannel implements SeekableByteChannel {
    private final Spill bytes;
    private long allowance;
    private long position;
    private boolean open = true;

    /** @param allowance number of bytes that may be read until the allowance is raised */
    SpillChannel(Spill bytes, long allowance) {
        this.bytes = bytes;
        this.allowance = allowance;
    }

    void allow(long more) {
        allowance = more;
    }

    @Override
    public int read(ByteBuffer buffer) throws ZipException {
        long left = bytes.length() - position;
        if (left <= 0) return buffer.hasRemaining() ? -1 : 0;
        int count = (int) Math.min(buffer.remaining(), left);
        allowance -= count;
        if (allowance < 0) throw new ZipException("too many parts");
        buffer.put(bytes.read(position, count));
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
        if (to < 0) throw new IllegalArgumentException("position " + to);
        position = to;
        return this;
    }

    @Override
    public long size() {
        return bytes.length();
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
