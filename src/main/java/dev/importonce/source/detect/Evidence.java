package dev.importonce.source.detect;

import java.io.ByteArrayOutputStream;

/**
 * The cells of a text that tell its character set: those with bytes outside ASCII. For each such byte the first few cells
 * with this byte are kept, so that a letter that occurs once in a large file still counts, and memory does not grow with the
 * file.
 */
public final class Evidence {
    /** Number of cells kept for each byte, while there is little evidence, and when there is much. */
    private static final int FEW = 8;

    private static final int MUCH_BYTES = 6 * 1024;
    private static final int MOST_BYTES = 64 * 1024;

    /** A longer cell is cut at this length. */
    private static final int CELL_BYTES = 1000;

    /** A cell of more bytes than this ends at its next space. */
    private static final int LINE_BYTES = 100;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int[] seen = new int[128];
    private final byte[] cell = new byte[CELL_BYTES];
    private int length;
    private boolean special;

    /** The evidence in a whole text. */
    public static Evidence in(byte[] text) {
        Evidence evidence = new Evidence();
        evidence.take(text, 0, text.length);
        return evidence.end();
    }

    /** Takes the next bytes. */
    public void take(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (endsCell(b)) endCell();
            else if (length < CELL_BYTES) {
                cell[length++] = b;
                special |= b < 0;
            }
        }
    }

    /** Ends the text. */
    public Evidence end() {
        endCell();
        return this;
    }

    /** The cells, one per line. */
    byte[] cells() {
        return kept.toByteArray();
    }

    /** Whether this byte separates cells; it is not a part of a character in any character set. */
    private boolean endsCell(byte b) {
        if (b == ' ') return length > LINE_BYTES;
        return b >= 0 && b < ' ' || b == '"' || b == ',' || b == ';';
    }

    private void endCell() {
        if (special && isNew() && kept.size() + length < MOST_BYTES) {
            kept.write(cell, 0, length);
            kept.write('\n');
            for (int i = 0; i < length; i++) if (cell[i] < 0) seen[cell[i] & 0x7F]++;
        }
        length = 0;
        special = false;
    }

    private boolean isNew() {
        int few = kept.size() < MUCH_BYTES ? FEW : 1;
        for (int i = 0; i < length; i++) if (cell[i] < 0 && seen[cell[i] & 0x7F] < few) return true;
        return false;
    }
}
