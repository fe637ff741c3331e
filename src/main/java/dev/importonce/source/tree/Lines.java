package dev.importonce.source.tree;

import dev.importonce.source.block.Block;
import java.io.IOException;
import java.io.Reader;

/** The lines of a text, with their numbers. Memory: one line. */
public final class Lines {
    private static final int BUFFER_CHARS = 64 * 1024;

    private final Reader text;
    private final char[] buffer = new char[BUFFER_CHARS];
    private final StringBuilder line = new StringBuilder();
    private int position;
    private int limit;
    private boolean afterCr;
    private boolean tooLong;
    private long number;

    Lines(Reader text) {
        this.text = text;
    }

    /** The next line, without its line end; if it is too long, only the beginning. Null at the end of the text. */
    String next() throws IOException {
        line.setLength(0);
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            if (afterCr && buffer[position] == '\n') {
                afterCr = false;
                position++;
                continue;
            }
            afterCr = false;
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') end++;
            int room = Block.MAX_RECORD_BYTES - line.length();
            tooLong |= end - position > room;
            line.append(buffer, position, Math.min(end - position, room));
            position = end;
            if (end == limit) continue;
            afterCr = buffer[position++] == '\r';
            break;
        }
        if (!any) return null;
        number++;
        return line.toString();
    }

    /** Number of the last line, from 1 on. */
    long number() {
        return number;
    }

    /** Whether the last line is longer than a record may be. */
    boolean isTooLong() {
        return tooLong;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, text.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
