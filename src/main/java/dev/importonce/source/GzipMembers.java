package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Reading;
import dev.importonce.source.detect.Encodings;
import dev.importonce.words.Sentence;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The unpacked content of a gzip file: its members, one after the other (RFC 1952, section 2.2). Only zeros may follow the
 * last member, since some programs pad a block with them. Anything else is a damaged member, whose rows would be missing.
 */
final class GzipMembers extends InputStream {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final Packed packed;

    private GzipCompressorInputStream member;
    private int number;
    private long begin;
    private boolean ended;

    /** @param packed the whole file */
    GzipMembers(InputStream packed) {
        this.packed = new Packed(packed);
    }

    /** The unpacked content of a compressed file. A file that was compressed twice is unpacked twice. */
    static InputStream unpack(Reading reading) throws IOException {
        InputStream once = new BufferedInputStream(reading.unpacked(new GzipMembers(reading.open())), BUFFER_BYTES);
        once.mark(2);
        byte[] start = once.readNBytes(2);
        once.reset();
        return isGzip(start) ? reading.unpacked(new GzipMembers(once)) : once;
    }

    static boolean isGzip(byte[] start) {
        return Encodings.starts(start, 0x1F, 0x8B);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) return 0;
        try {
            while (!ended) {
                if (member == null && !begins()) break;
                int read = member.read(buffer, offset, length);
                if (read >= 0) return read;
                begin += member.getCompressedCount();
                member = null;
            }
            return -1;
        } catch (IOException e) {
            throw damaged();
        }
    }

    /** Begins the next member; false at the end of the file. */
    private boolean begins() throws IOException {
        packed.mark(1);
        int first = packed.read();
        if (first == 0 && number > 0) first = behindZeros();
        if (first < 0 && number > 0) {
            ended = true;
            return false;
        }
        packed.reset();
        number++;
        packed.bytewise = Packed.MAX_HEADER_BYTES;
        member = new GzipCompressorInputStream(packed);
        return true;
    }

    /** Skips the zeros at the end of the file; anything after them is damage. */
    private int behindZeros() throws IOException {
        packed.bytewise = Long.MAX_VALUE;
        int next = 0;
        while (next == 0) next = packed.read();
        if (next >= 0) throw new IOException("zeros, and something behind them");
        return next;
    }

    private ProblemException damaged() {
        return new ProblemException(
                ProblemType.UNREADABLE_FILE,
                number <= 1 && begin == 0 ? Sentence.of("gzip-damaged") : Sentence.of("gzip-damaged-behind", begin));
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }

    /** This stream supports mark, so that the library leaves the bytes after a member in it. */
    private static final class Packed extends BufferedInputStream {
        /** Limit for a header: the library would keep its name and comment in memory, whatever their length. */
        static final int MAX_HEADER_BYTES = 64 * 1024;

        /** Number of bytes that may still be read one by one. The library reads headers byte by byte, and data in arrays. */
        private long bytewise = Long.MAX_VALUE;

        Packed(InputStream in) {
            super(in, BUFFER_BYTES);
        }

        @Override
        public synchronized int read() throws IOException {
            if (--bytewise < 0) throw new IOException("a header without an end");
            return super.read();
        }
    }
}
