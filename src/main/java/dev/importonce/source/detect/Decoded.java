package dev.importonce.source.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Decodes bytes in a character set; an invalid byte is a problem that says where the byte is. */
public final class Decoded extends Reader {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private long before;
    private boolean ended;

    /** @param skipped number of bytes of the file before this stream: its byte order mark */
    public Decoded(InputStream in, Charset charset, int skipped) {
        this.in = in;
        this.before = skipped;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Never ends inside a surrogate pair if the buffer has room for two characters. */
    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(buffer, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (result.isError())
                throw new Undecodable(
                        before + bytes.position(), decoder.charset().name());
            if (chars.position() > offset) return chars.position() - offset;
            if (ended) return -1;
            fill();
        }
    }

    private void fill() throws IOException {
        before += bytes.position();
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read > 0) bytes.position(bytes.position() + read);
        ended = read < 0;
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
