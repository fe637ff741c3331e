package dev.importonce.source.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.Deposit;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.detect.Utf8;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.Header;
import dev.importonce.source.format.Notice;
import dev.importonce.words.Sentence;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rendition of a table: UTF-8 CSV without a header, in which each record begins with its number in the file. A
 * record may be shorter than the header; missing cells are blank. Memory: one block.
 */
public final class TableWriter {
    private static final int BLOCK_CHARS = 1 << 20;

    /** Number of characters that the reject of a too long record shows. */
    private static final int SHOWN_CHARS = 100;

    private final Deposit deposit;
    private final int mostRows;
    private final long limit;
    private final StringWriter text = new StringWriter();
    private final CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
    private final List<Block> blocks = new ArrayList<>();
    private int blockRows;
    private long bytesOfNames;
    private long bytes;
    private long firstRow;
    private int rows;

    /** @param limit maximum number of bytes to write */
    public TableWriter(Deposit deposit, int blockRows, long limit) {
        this.deposit = deposit;
        this.mostRows = blockRows;
        this.blockRows = blockRows;
        this.limit = limit;
    }

    /** Adds the name of the next column; must be called before the first record that has a cell in it. */
    public void name(String name) {
        bytesOfNames += Header.bytesInJson(name);
        blockRows = Header.mostRows(mostRows, bytesOfNames);
    }

    /** Adds a record whose cells may be numbers; a record that is too long is added as a fault. */
    public void row(FileRow row) {
        int start = text.getBuffer().length();
        csv.writeRecord(row.record());
        if (text.getBuffer().length() - start > Block.MAX_RECORD_BYTES) {
            text.getBuffer().setLength(start);
            tooLong(row.number(), row.cells().get(0));
        } else count(row.number());
    }

    /**
     * Adds a record that cannot be read.
     *
     * @param fault the reason; kept in English
     * @param cells the part that could be read; not blank, so that its reject is not imported if it is sent back unchanged
     */
    public void fault(long number, Sentence fault, List<String> cells) {
        csv.writeRecord(new FileRow(number, cells, fault.english(), null).record());
        count(number);
    }

    /** Adds a record that is longer than a record may be. */
    public void tooLong(long number, String start) {
        fault(number, tooLong(), List.of(start.substring(0, Math.min(SHOWN_CHARS, start.length())) + "…"));
    }

    /** The fault of a record that is longer than a record may be. */
    public static Sentence tooLong() {
        return Sentence.of("row-too-long", Block.MAX_RECORD_BYTES);
    }

    private void count(long number) {
        if (rows++ == 0) firstRow = number;
        if (rows >= blockRows || text.getBuffer().length() >= BLOCK_CHARS) endBlock();
    }

    /** Ends the table. */
    public Plan finish(Format format, List<String> names, List<Notice> notices) {
        if (rows > 0) endBlock();
        List<String> header = Header.of(names);
        if (header.isEmpty()) throw new ProblemException(ProblemType.EMPTY_FILE, Sentence.of("no-data"));
        if (blocks.isEmpty()) throw new ProblemException(ProblemType.NO_DATA_ROWS, Sentence.of("header-alone"));
        return new Plan(format, header, List.copyOf(blocks), null, List.copyOf(notices));
    }

    private void endBlock() {
        byte[] payload = Utf8.of(text.toString());
        text.getBuffer().setLength(0);
        Block block = new Block(blocks.size(), bytes, payload.length, bytes, firstRow, rows);
        blocks.add(block);
        deposit.add(block, payload);
        bytes += payload.length;
        rows = 0;
        if (bytes > limit) throw new ProblemException(ProblemType.TOO_LARGE, Sentence.of("table-too-large", limit));
    }
}
