package dev.importonce.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as callers send it, read strictly: other encodings than UTF-8, duplicate keys, trailing text and deep nesting are refused.
 * What is held of it are its values; their number and length are limited, too: small pieces become many times as large.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_TOKENS = 100_000;
    private static final int MAX_TEXT = 100_000;
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private StrictJson() {}

    /**
     * Reads a body, to its end or to where it is clear that it is refused.
     *
     * @throws ProblemException 413 beyond that many bytes, 400 when it is not JSON
     */
    public static JsonNode read(InputStream body, int maxBytes) throws IOException {
        return read("body", new Limited(body, maxBytes));
    }

    /** @param what the sender calls it, for the problem (400) */
    public static JsonNode parse(String what, byte[] utf8) {
        try {
            return read(what, new ByteArrayInputStream(utf8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String what, InputStream utf8) throws IOException {
        try {
            // As text: bytes would be sniffed for UTF-16 and UTF-32, and not all of them be checked.
            return STRICT.readTree(new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder()));
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The " + what + " is not UTF-8 text.");
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The " + what + " is not valid JSON" + at(e) + why(e) + ".");
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /** What a place alone does not tell. The parser's own words name its classes and settings, except these. */
    private static String why(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException)
            return ": it is nested too deeply, has too many values, or a number, name or text in it is too long";
        String message = e.getOriginalMessage();
        return message.startsWith("Duplicate field") ? ": " + message : "";
    }

    /** Refuses what is longer. */
    private static final class Limited extends FilterInputStream {
        private final int most;
        private long bytes;

        Limited(InputStream in, int most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) count(1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) {
            bytes += read;
            if (bytes > most)
                throw new ProblemException(
                        ProblemType.TOO_LARGE, "The JSON is larger than " + most + " bytes. Send less at once.");
        }
    }
}
