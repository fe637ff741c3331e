package dev.importonce.problem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Changes bytes without knowing what they mean. */
final class Spoiler {
    private static final byte[][] INSERTED = {
        {0},
        {'"'},
        {'"', '"', '"'},
        {'\r'},
        {'\n'},
        {'\r', '\n', '\r', '\n'},
        {'-', '-'},
        {'\\'},
        {'{', '}', '[', ']'},
        {(byte) 0xFF},
        {(byte) 0xC3},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, (byte) 0x80},
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
        "\u0085\u2028\u180E\u200B\u00A0\u202E".getBytes(StandardCharsets.UTF_8),
        ",;\t|".getBytes(StandardCharsets.UTF_8),
    };

    private final Random random;

    Spoiler(Random random) {
        this.random = random;
    }

    /** Another array: cut off, cut up, repeated, or with something else in it. */
    byte[] bytes(byte[] good) {
        int at = random.nextInt(good.length + 1);
        int to = Math.min(good.length, at + random.nextInt(40));
        return switch (random.nextInt(5)) {
            case 0 -> joined(good, 0, at);
            case 1 -> joined(joined(good, 0, at), 0, at, good, to, good.length);
            case 2 -> joined(joined(good, 0, to), 0, to, good, at, good.length);
            case 3 -> {
                byte[] flipped = good.clone();
                for (int i = at; i < to; i++) flipped[i] = (byte) random.nextInt(256);
                yield flipped;
            }
            default -> {
                byte[] inserted = INSERTED[random.nextInt(INSERTED.length)];
                byte[] first = joined(good, 0, at, inserted, 0, inserted.length);
                yield joined(first, 0, first.length, good, at, good.length);
            }
        };
    }

    private static byte[] joined(byte[] only, int from, int to) {
        return joined(only, from, to, new byte[0], 0, 0);
    }

    private static byte[] joined(byte[] one, int from, int to, byte[] two, int start, int end) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(one, from, to - from);
        joined.write(two, start, end - start);
        return joined.toByteArray();
    }
}
