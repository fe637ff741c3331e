package dev.importonce.source.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/** Accepts JSON also with comments, trailing commas, and record separators (RFC 7464) between values. */
public final class JsonText extends FilterReader {
    /** Longest string in a document, in characters; a shorter string that is too long for a row is only a fault of its row. */
    private static final int MAX_STRING = 8 << 20;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(10_000)
                    .maxNestingDepth(100)
                    .build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final char RECORD_SEPARATOR = 0x1E;

    private JsonText(Reader in) {
        super(in);
    }

    /** A parser for the whole text. */
    static JsonParser parser(Reader text) throws IOException {
        PushbackReader start = new PushbackReader(text);
        int first = start.read();
        if (first >= 0) start.unread(first);
        // In other texts a record separator is a fault, wherever it is.
        return JSON.createParser(first == RECORD_SEPARATOR ? new JsonText(start) : start);
    }

    /**
     * The end of the white space, comments and record separators that begin at {@code from}; an unclosed comment does not
     * count as a comment.
     */
    public static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == RECORD_SEPARATOR) at++;
            else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) break;
                at = end + 2;
            } else break;
        }
        return at;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        for (int i = offset; i < offset + read; i++) if (buffer[i] == RECORD_SEPARATOR) buffer[i] = ' ';
        return read;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        return c == RECORD_SEPARATOR ? ' ' : c;
    }
}
