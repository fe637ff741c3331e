package dev.importonce.source.csv;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.CsvRecords;
import dev.importonce.source.block.Plan;
import dev.importonce.source.detect.Undecodable;
import dev.importonce.source.detect.Utf8;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.NotPlain;
import dev.importonce.source.format.RowNotices;
import dev.importonce.words.Sentence;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Finds, while the bytes of a CSV file arrive, where its header ends and where blocks of whole records begin. Quotes are
 * read exactly as {@link CsvRecords} reads them (a property test holds the two together), so that a block can be parsed
 * without the bytes before it. It leaves files with any of these to {@link OddCsv}: a first line that names the delimiter,
 * rows without a value, blanks around quotes, quotes after a backslash, records that are too long. Memory: one block's
 * offsets and the header.
 */
public final class CsvPlanner {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int FIELD_START = 0;
    private static final int UNQUOTED = 1;
    private static final int QUOTED = 2;
    private static final int AFTER_QUOTE = 3;

    /** By byte, unsigned: whether a run of ordinary bytes inside a quoted cell ends at this byte. */
    private static final boolean[] QUOTED_ENDS = ends("\"");

    /** By byte, unsigned: whether a blank cell may have this byte. */
    private static final boolean[] BLANK = blank();

    private final Format format;
    private final byte delimiter;

    /** The same outside of a quoted cell. */
    private final boolean[] unquotedEnds;

    private final int markLength;
    private final Utf8 utf8 = new Utf8();
    private final List<Block> blocks = new ArrayList<>();
    private final ByteArrayOutputStream headerBytes = new ByteArrayOutputStream();

    private int blockRows;
    private int state = FIELD_START;
    private boolean afterCr;
    private boolean afterQuote;
    private boolean afterBackslash;
    private boolean afterEscapedQuote;
    private byte last;
    private boolean cellFilled;
    private int cells;
    private int filledCells;
    private NotPlain odd;
    private long decoded;
    private long position;
    private long undecodableAt = -1;
    private long recordStart;
    private List<String> header;
    private RowNotices notices;
    private long blockStart;
    private long recordsStart;
    private long rowsBefore;
    private int blockRecords;

    /** @param markLength bytes of the byte order mark that the file begins with, or 0 */
    public CsvPlanner(Format format, int markLength, int blockRows) {
        this.format = format;
        this.markLength = markLength;
        this.delimiter = (byte) format.separator();
        this.unquotedEnds = ends("\"\r\n" + format.separator());
        this.blockRows = blockRows;
    }

    /**
     * Reads the next bytes; afterwards {@link #blocks()} has the blocks that end in them.
     *
     * @throws NotPlain when the planner gives up, and at each later call, unless the bytes are not UTF-8
     */
    public void feed(byte[] bytes, int from, int to) {
        long start = position;
        if (odd == null)
            try {
                take(bytes, from, to);
            } catch (NotPlain e) {
                odd = e;
            }
        if (odd == null) return;
        position = Math.max(position, decoded);
        decode(bytes, from + (int) (position - start), to);
        throw odd;
    }

    private void take(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++, position++) {
            if (header != null && !utf8.isInside()) {
                i += plain(bytes, i, to);
                if (i == to) break;
            }
            byte b = bytes[i];
            if (b < 0 || utf8.isInside()) {
                if (!utf8.accepts(b)) throw notUtf8(position - utf8.back());
                decoded = position + 1;
            }
            if (header == null && position >= markLength) headerBytes.write(b);
            if (state == QUOTED) {
                if (afterEscapedQuote && endsCell(b)) throw new NotPlain("\\");
                afterEscapedQuote = false;
                if (b == '"') {
                    state = AFTER_QUOTE;
                    afterQuote = true;
                    afterBackslash = (i > from ? bytes[i - 1] : last) == '\\';
                } else cellFilled |= !BLANK[b & 0xFF];
            } else if (b == delimiter) {
                endCell();
                state = FIELD_START;
            } else if (b == '\n' || b == '\r') {
                newline(b);
                continue;
            } else if (b == '"') {
                // A doubled quote, or a quote after a backslash that ends the cell: the next byte decides.
                afterEscapedQuote = afterQuote && afterBackslash;
                afterQuote = false;
                if (state == UNQUOTED && !cellFilled) throw new NotPlain(null);
                cellFilled |= state != FIELD_START;
                if (state != UNQUOTED) state = QUOTED;
            } else if (position >= markLength) {
                checkBehindQuote(b);
                if (state == FIELD_START) state = UNQUOTED;
                cellFilled |= !BLANK[b & 0xFF];
            }
            afterCr = false;
            if (position - recordStart >= Block.MAX_RECORD_BYTES) throw new NotPlain(null);
        }
        if (to > from) last = bytes[to - 1];
    }

    /** Skips ordinary bytes of a cell, nearly all of a file, much faster than one by one. */
    private int plain(byte[] bytes, int from, int to) {
        boolean[] ends = state == QUOTED ? QUOTED_ENDS : unquotedEnds;
        int end = from;
        while (end < to && !ends[bytes[end] & 0xFF]) end++;
        if (end == from) return 0;
        checkBehindQuote(bytes[from]);
        if (afterEscapedQuote && state == QUOTED && endsCell(bytes[from])) throw new NotPlain("\\");
        afterEscapedQuote = false;
        for (int i = from; !cellFilled && i < end; i++) cellFilled = !BLANK[bytes[i] & 0xFF];
        position += end - from;
        if (state == FIELD_START) state = UNQUOTED;
        afterCr = false;
        if (position - 1 - recordStart >= Block.MAX_RECORD_BYTES) throw new NotPlain(null);
        return end - from;
    }

    /** Checks the bytes to be UTF-8, which finds the encoding of a file that begins with ASCII. */
    private void decode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if ((b < 0 || utf8.isInside()) && !utf8.accepts(b)) throw notUtf8(position + i - from - utf8.back());
        }
        position += to - from;
    }

    private boolean endsCell(byte b) {
        return b == delimiter || b == '\n' || b == '\r';
    }

    /** A blank here may not be a part of the cell; a quote after a backslash may not be the cell's end. */
    private void checkBehindQuote(byte b) {
        if (!afterQuote) return;
        afterQuote = false;
        if (BLANK[b & 0xFF]) throw new NotPlain(null);
        if (afterBackslash) throw new NotPlain("\\");
    }

    private void endCell() {
        afterQuote = false;
        if (cellFilled) {
            filledCells = cells + 1;
            if (notices != null && notices.isUnnamed(cells)) notices.value(cells);
        }
        cells++;
        cellFilled = false;
    }

    /** The characters that {@link String#isBlank} accepts. */
    private static boolean[] blank() {
        boolean[] blank = new boolean[256];
        for (int b = 0; b < 128; b++) blank[b] = Character.isWhitespace(b);
        return blank;
    }

    /** These characters, and all bytes that are not ASCII. */
    private static boolean[] ends(String ascii) {
        boolean[] ends = new boolean[256];
        Arrays.fill(ends, 128, 256, true);
        ascii.chars().forEach(c -> ends[c] = true);
        return ends;
    }

    /** The blocks that are complete so far. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Ends the file and the last block. */
    public Plan finish() {
        if (position == 0) throw new ProblemException(ProblemType.EMPTY_FILE, Sentence.of("no-bytes"));
        if (utf8.isInside()) throw new Undecodable(position - 1 - utf8.back(), "UTF-8");
        if (odd != null) throw odd;
        if (state == QUOTED) throw unclosedQuote(row(), Sentence.of("from-byte", recordStart));
        if (position > recordStart) endRecord(position);
        if (header == null) throw new ProblemException(ProblemType.EMPTY_FILE, Sentence.of("only-blank-lines"));
        if (rowsBefore + blockRecords == 0)
            throw new ProblemException(ProblemType.NO_DATA_ROWS, Sentence.of("header-alone"));
        if (position > blockStart) endBlock(position);
        return new Plan(format, header, List.copyOf(blocks), null, notices.list());
    }

    private void newline(byte b) {
        // The LF of a CRLF belongs to the previous record.
        if (b == '\r' || !afterCr) {
            if (position > recordStart) endRecord(position + 1);
            else endBlankLine(position + 1);
        }
        afterCr = b == '\r';
        state = FIELD_START;
        recordStart = position + 1;
    }

    private void endBlankLine(long end) {
        if (header == null) headerBytes.reset();
        if (end - blockStart >= BLOCK_BYTES) endBlock(end);
    }

    private void endRecord(long end) {
        endCell();
        int read = cells;
        int filled = filledCells;
        cells = 0;
        filledCells = 0;
        if (header == null) {
            Iterator<List<String>> records = CsvRecords.read(format, headerBytes.toByteArray());
            // Only a byte order mark so far: still no header.
            if (!records.hasNext()) return;
            List<String> names = records.next();
            if (filled == 0 || OddCsv.saysDelimiter(names)) throw new NotPlain(null);
            header = Header.of(names);
            notices = new RowNotices(names, header);
            blockRows = Header.mostRows(blockRows, Header.bytesInJson(header));
            recordsStart = end;
            return;
        }
        if (filled == 0) throw new NotPlain(null);
        notices.row(read, filled);
        blockRecords++;
        if (blockRecords >= blockRows || end - blockStart >= BLOCK_BYTES) endBlock(end);
    }

    private void endBlock(long end) {
        blocks.add(new Block(
                blocks.size(), blockStart, (int) (end - blockStart), recordsStart, rowsBefore + 2, blockRecords));
        rowsBefore += blockRecords;
        blockRecords = 0;
        blockStart = end;
        recordsStart = end;
    }

    private Undecodable notUtf8(long offset) {
        undecodableAt = offset;
        return new Undecodable(offset, "UTF-8");
    }

    /** Offset of the first byte that is not UTF-8, if the file has only ASCII before it; otherwise -1. */
    public long otherEncodingFrom() {
        return utf8.characters() == 0 && markLength == 0 ? undecodableAt : -1;
    }

    /** Refuses a file that ends inside a quoted cell, which begins in that row, at that place. */
    static ProblemException unclosedQuote(long row, Sentence place) {
        return new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of("quote-never-closed", row, place));
    }

    private long row() {
        return header == null ? 1 : rowsBefore + blockRecords + 2;
    }
}
